//! Pages of memory: ordinary ones for what answers at once, huge ones for what works long.
//!
//! The tables of an ingest (dictionary, terms, posting lists) are larger than what the processor keeps of page tables
//! at hand: with huge pages it takes a sixth less time. A search is over before the first huge page has paid for being
//! cleared: it would take a tenth longer. Both are about Linux; elsewhere nothing happens here.

/// Begins with ordinary pages, whatever the allocator asks for.
pub fn use_ordinary_pages() {
    set(false);
}

/// Lets the system use huge pages from now on. To be called before much is allocated, and before another program is
/// started, which takes the setting over.
pub fn use_huge_pages() {
    set(true);
}

#[cfg(target_os = "linux")]
fn set(huge: bool) {
    // A system without them has nothing to switch off.
    let _ = rustix::thread::disable_transparent_huge_pages(!huge);
}

#[cfg(not(target_os = "linux"))]
fn set(_: bool) {}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn huge_pages_can_be_switched_off_and_on() {
        let are_off = || rustix::thread::transparent_huge_pages_are_disabled().ok();
        use_ordinary_pages();
        assert_ne!(are_off(), Some(false));
        use_huge_pages();
        assert_ne!(are_off(), Some(true));
    }
}
