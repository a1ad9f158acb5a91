//! The field table: every field that can be asked, with its Chinese name, aliases and kind.
