//! What can be typed: clap's structs as data, and its complaints in Chinese. No behaviour.
//!
//! One file a family of commands; what several take is in `shared`.

mod browse;
mod config;
mod count;
mod export;
mod generate;
mod help;
mod holdings;
mod ingest;
mod keep;
mod list;
mod read;
mod search;
pub mod settings;
mod shared;
mod shelf;
mod show;
mod similar;
mod version;

use crate::text::nearest::nearest;
pub use browse::{FirstArgs, IssueArgs, KwicArgs};
pub use config::{ConfigAction, ConfigArgs};
pub use count::{FacetArgs, FacetSort, FormArgs, SheetArgs, TermsArgs, TimelineArgs, UnitArg};
pub use export::ExportArgs;
pub use generate::{CompletionsArgs, ManArgs, completions, manuals};
pub use help::HelpArgs;
pub use holdings::{CoverageArgs, TallyArgs, WhoArgs};
pub use ingest::IngestArgs;
pub use keep::{DemoArgs, DoctorArgs, FilesArgs, ForgetArgs, InfoArgs, RebuildArgs};
pub use list::ListArgs;
pub use read::ReadArgs;
pub use search::{CopiesArg, LoosenArg, SearchArgs, SortArg};
pub use shared::{AskArgs, EffortArgs, FilterArgs, IndexArgs, KnownArgs, WaitArgs};
pub use shelf::{DictAction, DictArgs, SaveArgs, SavedArgs, UnsaveArgs, WatchArgs};
pub use show::{CiteArgs, OpenArgs, ShowArgs};
pub use similar::SimilarArgs;
pub use version::Build;

use crate::exit::{Exit, Failure};
use crate::ui::{Colour, Hyperlinks};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{ArgAction, Args, CommandFactory as _, FromArgMatches as _, Parser, Subcommand, value_parser};
use settings::Settings;
use std::ffi::OsString;

const HELP: &str = "\
{about}

用法：{usage}

{all-args}{after-help}";

/// What every command takes stands below what is its own.
const LAST: usize = 1000;
/// Where no command was named.
const NO_VERB: &str = "没有说要做什么";

/// 寻闻：在自己的文件夹里检索中文新闻 · full-text search for Chinese news
#[derive(Debug, Parser)]
#[command(
    name = "xunwen",
    override_usage = "xunwen <命令> [参数]\n      xunwen <检索词>…",
    version = version::text(),
    help_template = HELP,
    disable_help_subcommand = true,
    disable_help_flag = true,
    disable_version_flag = true,
    subcommand_help_heading = "命令",
    next_help_heading = "选项",
    after_help = "例：\n  xunwen ingest corpus\n  xunwen search 养老服务 --reporter 付凯明 --date 2026-02\n  xunwen 养老服务"
)]
pub struct Cli {
    /// What every command takes.
    #[command(flatten)]
    pub every: EveryArgs,
    /// 做什么。
    #[command(subcommand)]
    pub command: Command,
}

/// What every command takes.
#[derive(Debug, Args)]
pub struct EveryArgs {
    /// 何时用颜色：auto（默认，在终端里用）、always、never
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        default_value = "auto",
        hide_possible_values = true,
        hide_default_value = true,
        display_order = LAST
    )]
    pub color: Colour,
    /// 何时把标题做成指向文件的链接：auto（默认，在终端里用）、always、never
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        default_value = "auto",
        hide_possible_values = true,
        hide_default_value = true,
        display_order = LAST + 1
    )]
    pub hyperlinks: Hyperlinks,
    /// 超过一屏也不分页
    #[arg(long, global = true, display_order = LAST + 2)]
    pub no_pager: bool,
    /// 每行最多几栏，一个汉字两栏；默认终端有多宽就多宽，管道里不折行
    #[arg(long, global = true, value_name = "COLUMNS", value_parser = value_parser!(u16).range(20..), display_order = LAST + 3)]
    pub width: Option<u16>,
    /// 看用法
    #[arg(short, long, global = true, action = ArgAction::Help, display_order = LAST + 4)]
    help: Option<bool>,
    /// 看版本
    #[arg(short = 'V', long, action = ArgAction::Version, display_order = LAST + 5)]
    version: Option<bool>,
}

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// 读入报道 · add or refresh reports
    Ingest(IngestArgs),
    /// 检索报道 · search reports
    Search(Box<SearchArgs>),
    /// 看一篇报道 · show a report
    Show(ShowArgs),
    /// 打开报道所在的文件 · open the file of a report
    Open(OpenArgs),
    /// 写成参考文献 · cite reports
    Cite(CiteArgs),
    /// 找与一篇相似的报道 · reports like one report
    Similar(Box<SimilarArgs>),
    /// 导出报道 · export the hits of a query
    Export(Box<ExportArgs>),
    /// 按记者、报纸、栏目、月份等数篇数 · count hits by a field
    Facet(Box<FacetArgs>),
    /// 按日、周、月、年数篇数 · count hits over time
    Timeline(Box<TimelineArgs>),
    /// 上稿、发稿统计：按一项或两项数篇数 · count by one or two fields
    Tally(Box<TallyArgs>),
    /// 让这些报道与众不同的词 · words that set the hits apart
    Terms(Box<TermsArgs>),
    /// 看一天的报道 · the reports of a day
    Issue(IssueArgs),
    /// 逐处列出检索词和前后文 · every place of a word in its context
    Kwic(Box<KwicArgs>),
    /// 一个词最早见于哪一篇 · where a word stands first
    First(Box<FirstArgs>),
    /// 一个人的报道：身份、各月、合作者、近作 · the reports of a person
    Who(Box<WhoArgs>),
    /// 哪些天、哪些版有报道，缺哪些 · which days and pages are held
    Coverage(CoverageArgs),
    /// 给一条检索起名字，以后写 @名字 · save a search under a name
    Save(SaveArgs),
    /// 列出保存的检索 · list saved searches
    Saved(SavedArgs),
    /// 去掉保存的检索 · remove a saved search
    Unsave(UnsaveArgs),
    /// 只给出上一次之后新有的 · what is new since the last time
    Watch(WatchArgs),
    /// 同义词、简称 · words that mean the same
    Dict(DictArgs),
    /// 看文件会被怎样读 · show how files are read
    Read(ReadArgs),
    /// 看索引里有什么、有多大 · what the index holds
    Info(InfoArgs),
    /// 看索引里有哪些文件 · list the files held
    Files(FilesArgs),
    /// 从索引里去掉文件 · take files out of the index
    Forget(ForgetArgs),
    /// 检查索引 · examine the index
    Doctor(DoctorArgs),
    /// 重建索引，不用原文 · rebuild the index from what it keeps
    Rebuild(RebuildArgs),
    /// 看设置 · show the configuration
    Config(ConfigArgs),
    /// 给命令行补全用的脚本 · completions for a shell
    Completions(CompletionsArgs),
    /// 手册页 · manual pages
    Man(ManArgs),
    /// 看用法；help 检索式、help 模板 讲怎么写 · help on a topic
    Help(HelpArgs),
    /// 用样例走一遍 · try it on the sample reports
    Demo(DemoArgs),
}

impl Command {
    /// Returns whether what it writes is there to be read, so that more than a screen of it goes through a pager.
    #[must_use]
    pub fn is_paged(&self) -> bool {
        match self {
            Self::Search(_)
            | Self::Show(_)
            | Self::Facet(_)
            | Self::Timeline(_)
            | Self::Terms(_)
            | Self::Issue(_)
            | Self::Kwic(_)
            | Self::First(_)
            | Self::Who(_)
            | Self::Tally(_)
            | Self::Coverage(_)
            | Self::Read(_)
            | Self::Info(_)
            | Self::Saved(_)
            | Self::Files(_)
            | Self::Cite(_)
            | Self::Similar(_)
            | Self::Help(_) => true,
            Self::Open(_)
            | Self::Export(_)
            | Self::Ingest(_)
            | Self::Forget(_)
            | Self::Doctor(_)
            | Self::Rebuild(_)
            | Self::Config(_)
            | Self::Save(_)
            | Self::Unsave(_)
            | Self::Dict(_)
            | Self::Watch(_)
            | Self::Completions(_)
            | Self::Man(_)
            | Self::Demo(_) => false,
        }
    }

    /// Returns whether it works whatever is set, so that what is set wrong can be mended with it.
    #[must_use]
    pub fn needs_no_settings(&self) -> bool {
        matches!(
            self,
            Self::Help(_)
                | Self::Completions(_)
                | Self::Man(_)
                | Self::Config(ConfigArgs { action: ConfigAction::Path | ConfigAction::Example })
        )
    }
}

/// The verbs that take a query.
const ASKING: &[&str] = &["search", "export", "facet", "timeline", "tally", "terms", "kwic", "first", "save", "watch"];

/// What was typed, or what to say and how to end.
#[derive(Debug)]
pub enum Typed {
    /// A command.
    Command(Box<Cli>),
    /// A text to print on standard output, and whether a pager may show it.
    Text {
        /// The text.
        text: String,
        /// Whether `--no-pager` is not there.
        is_paged: bool,
    },
}

/// Reads the arguments, with what is set as the default of flags. `xunwen 养老服务` is short for
/// `xunwen search 养老服务`.
///
/// # Errors
/// When they are no command of ours.
pub fn read(arguments: impl IntoIterator<Item = OsString>, settings: &Settings) -> Result<Typed, Failure> {
    let mut arguments: Vec<OsString> = arguments.into_iter().collect();
    let is_short_search = arguments.get(1).and_then(|first| first.to_str()).is_some_and(|first| !first.is_ascii());
    if is_short_search {
        arguments.insert(1, "search".into());
    }
    let verb = arguments.get(1).and_then(|verb| verb.to_str());
    if verb.is_some_and(|verb| ASKING.contains(&verb)) {
        arguments.iter_mut().skip(2).for_each(exclusion_as_word);
    }
    if arguments.get(1).is_some_and(|verb| verb == "help") {
        help_of_command(&mut arguments);
    }
    let is_search = arguments.get(1).is_some_and(|verb| verb == "search");
    let mut command = settings.applied(if is_search { only_search() } else { Cli::command() });
    let mut matches = command.try_get_matches_from_mut(&arguments);
    if is_search && matches.is_err() {
        command = settings.applied(Cli::command());
        matches = command.try_get_matches_from_mut(&arguments);
    }
    match matches.and_then(|matches| Cli::from_arg_matches(&matches).map_err(|error| error.format(&mut command))) {
        Ok(mut cli) => {
            settings.fill(&mut cli.command);
            Ok(Typed::Command(Box::new(cli)))
        }
        Err(error) => match error.kind() {
            ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
                let is_paged = arguments.iter().all(|argument| argument != "--no-pager");
                Ok(Typed::Text { text: with_our_colons(&error.to_string()), is_paged })
            }
            _ => Err(complaint(&error, verb_of(&arguments).as_deref())),
        },
    }
}

/// Defines `search` alone, for what is right: a search is over so soon that to define all the commands would be a tenth
/// of it. What is not right, and help, is for the whole definition.
fn only_search() -> clap::Command {
    let version = env!("CARGO_PKG_VERSION");
    let command = clap::Command::new("xunwen").version(version).disable_help_flag(true).disable_version_flag(true);
    EveryArgs::augment_args(command).subcommand(SearchArgs::augment_args(clap::Command::new("search")))
}

/// Turns `help COMMAND` into `COMMAND --help`, and `help` alone into `--help`.
fn help_of_command(arguments: &mut Vec<OsString>) {
    let topic = arguments.get(2).and_then(|topic| topic.to_str());
    if topic.is_none_or(|topic| Cli::command().find_subcommand(topic).is_some()) {
        arguments.remove(1);
        arguments.truncate(2);
        arguments.push("--help".into());
    }
}

/// Keeps clap from reading `-北京` as options: no option of ours begins with a character beyond ASCII. The full-width
/// sign means the same in a query and folds to the same in a literal.
fn exclusion_as_word(argument: &mut OsString) {
    if let Some(rest) = argument.to_str().and_then(|text| text.strip_prefix('-'))
        && rest.starts_with(|c: char| !c.is_ascii())
    {
        *argument = format!("－{rest}").into();
    }
}

/// Gives clap's headings the colon of the text around them.
fn with_our_colons(help: &str) -> String {
    let lines = help.lines().map(|line| match line.strip_suffix(':') {
        Some(heading) if !heading.starts_with(' ') => format!("{heading}：\n"),
        Some(_) | None => format!("{line}\n"),
    });
    lines.collect()
}

/// Returns the verb that was typed, if it is one.
fn verb_of(arguments: &[OsString]) -> Option<String> {
    let verb = arguments.get(1)?.to_str()?;
    Cli::command().find_subcommand(verb).map(|command| command.get_name().to_owned())
}

/// Says what clap complains of, and where the help of the verb is.
fn complaint(error: &clap::Error, verb: Option<&str>) -> Failure {
    let about = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join("、"),
        Some(value) => value.to_string(),
        None => String::new(),
    };
    let (argument, value) = (about(ContextKind::InvalidArg), about(ContextKind::InvalidValue));
    let message = match error.kind() {
        ErrorKind::InvalidSubcommand => format!("没有这个命令：{}", about(ContextKind::InvalidSubcommand)),
        ErrorKind::UnknownArgument => format!("没有这个选项：{argument}"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation if value.is_empty() => format!("{argument} 后面缺少内容"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            // Only our own checks speak Chinese; the library's say no more than that it is wrong.
            let own = std::error::Error::source(error).map(ToString::to_string).filter(|why| !why.is_ascii());
            let why = own.or_else(|| (error.kind() == ErrorKind::ValueValidation).then(|| "写法不对".to_owned()));
            let why = why.map(|why| format!("：{why}")).unwrap_or_default();
            let valid = about(ContextKind::ValidValue);
            let valid = if valid.is_empty() { valid } else { format!("（可以是 {valid}）") };
            format!("{argument} 不能是 {value}{why}{valid}")
        }
        ErrorKind::ArgumentConflict => format!("{argument} 不能与 {} 同用", about(ContextKind::PriorArg)),
        ErrorKind::MissingRequiredArgument => format!("缺少 {argument}"),
        ErrorKind::TooManyValues | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues | ErrorKind::NoEquals => {
            format!("{argument} 的写法不对")
        }
        ErrorKind::InvalidUtf8 => "参数不是 UTF-8 文字".to_owned(),
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand | ErrorKind::MissingSubcommand => NO_VERB.to_owned(),
        _ => "命令写法不对".to_owned(),
    };
    let suggested = [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue];
    // Of several the one that is most like what was typed.
    let typed = [value.clone(), argument.clone(), about(ContextKind::InvalidSubcommand)];
    let typed = typed.into_iter().find(|text| !text.is_empty()).unwrap_or_default();
    let suggested = suggested.into_iter().find_map(|kind| match error.get(kind)? {
        ContextValue::String(text) => Some(text.clone()),
        ContextValue::Strings(texts) => {
            let meant = nearest(&typed, texts.iter().map(String::as_str)).or(texts.last().map(String::as_str));
            meant.map(str::to_owned)
        }
        _ => None,
    });
    let is_short = argument.len() == 2 && error.kind() == ErrorKind::UnknownArgument;
    let hint = match suggested {
        Some(text) => format!("是不是 {text}？"),
        None if is_short => "要排除一个英文词请写 NOT 词；要找以 - 开头的文字请在前面加 --".to_owned(),
        None => match verb {
            Some(verb) => format!("运行 xunwen {verb} --help 看用法和例子"),
            None if message == NO_VERB => "例如 xunwen 养老服务；xunwen --help 列出全部命令".to_owned(),
            None => "运行 xunwen --help 看用法".to_owned(),
        },
    };
    Failure::new(Exit::Usage, message).with_hint(hint)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_definition_holds_together() {
        Cli::command().debug_assert();
    }

    #[test]
    fn a_search_is_read_alike_by_its_own_definition_and_by_that_of_all() {
        for arguments in [
            "search 养老",
            "search -n 3 养老 服务 --reporter 付凯明 --date 2026-02..",
            "--color never search 养老 --width 60 -F",
            "search --no-pager --sort newest --all --jsonl -- 养老",
            "search --batch x --jsonl --summary",
            "search -l -0 养老",
        ] {
            let arguments: Vec<_> = ["xunwen"].into_iter().chain(arguments.split(' ')).collect();
            let read = |command: clap::Command| {
                let matches = command.try_get_matches_from(&arguments).map_err(|error| error.kind())?;
                Cli::from_arg_matches(&matches).map(|cli| format!("{cli:?}")).map_err(|error| error.kind())
            };
            let alone = read(only_search());
            assert!(alone.is_ok(), "{arguments:?}: {alone:?}");
            assert_eq!(alone, read(Cli::command()));
        }
        for wrong in ["search --help", "search --version", "search --bogus", "help search", "search 养老 -n x"] {
            let arguments: Vec<_> = ["xunwen"].into_iter().chain(wrong.split(' ')).collect();
            assert!(only_search().try_get_matches_from(&arguments).is_err(), "{wrong}");
        }
    }

    #[test]
    fn the_verbs_that_take_a_query_are_those_with_words_and_filters() {
        let command = Cli::command();
        let takes_a_query = |command: &&clap::Command| command.get_arguments().any(|arg| arg.get_id() == "words");
        let verbs: Vec<_> = command.get_subcommands().filter(takes_a_query).map(clap::Command::get_name).collect();
        assert_eq!(verbs, ASKING);
    }

    #[test]
    fn every_command_ends_its_help_with_an_example_and_has_an_english_gloss() {
        for command in Cli::command().get_subcommands() {
            let name = command.get_name();
            assert!(command.get_after_help().is_some_and(|help| help.to_string().contains("例：")), "{name}");
            assert!(command.get_about().is_some_and(|about| about.to_string().contains(" · ")), "{name}");
        }
    }
}
