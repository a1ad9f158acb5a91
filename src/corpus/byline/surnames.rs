//! Which characters are surnames, and how common. To add one: write it into [`RARE`].

use std::collections::HashMap;
use std::sync::LazyLock;

/// The hundred commonest surnames, commonest first (Ministry of Public Security, national report on names, 2020).
const COMMON: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许邓韩冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢\
    姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫雷龙黎史陶贺毛段郝顾龚邵覃武钱戴严莫孔向常";

/// The other single surnames of the Hundred Family Surnames (百家姓) that are alive, simplified.
const HUNDRED: &str = "褚卫尤施华戚喻柏水窦章云葛奚郎鲁昌苗凤花俞柳酆鲍费廉岑汤滕殷毕邬安乐时傅皮卞齐康伍元卜平和穆萧湛祁\
    禹狄米贝明臧计伏成谈茅庞纪舒屈项祝阮蓝闵席季麻强路娄危童颜梅盛刁骆樊凌霍虞万支柯昝管莫经房裘缪干解应宗宣贲郁单杭洪包\
    诸左吉钮嵇邢滑裴荣翁荀羊惠甄曲家封芮羿储靳汲邴糜松井富巫乌焦巴弓牧隗山谷车宓蓬全郗班仰秋仲伊宫宁仇栾暴甘钭厉戎祖符\
    束景詹幸司韶郜蓟薄印宿怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟贡劳逄姬申扶堵冉宰郦雍却璩桑桂濮牛寿通边扈燕\
    冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容古易慎戈庾终暨居衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾\
    敖融冷訾辛阚那简饶空沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公岳帅缑亢况有琴商牟佘佴伯赏墨哈谯笪年爱阳佟";

/// Living surnames that are in neither list: minority, simplified and regional ones.
const RARE: &str = "肖闫邸覃冼仝亓芦萨图尕扎委冽原但位续信禚卿揭麦粟旷练占代戢蹇操撒亚佀依修仉兰凃刀初前区卯厚可台合咎员哈回因园圣坚块堪塔多\
    奉奥妥姒孛宛宝尉尧展岩岱帖布希年库弋彦律战户承折招撖敏斯旦晋智朴权来杰析果栗格梭楚欣次母毋水泮泥洛海涂涉淡渠游漆潭烟热照\
    牙玄玉琚瓮由甯疏登直相矫硕禤科秘秦稂竹竺笃策米素罕美耶聊肇胜胡脱臧舍苍苑英茆茹菅营萱落蒿蓝藏虎衣覩谌谯谷豆负赫起路车轩辜\
    边达过运迟连逯遆部郇郗郜都鄢鄞酒里钊钏银锁长问闻阎阙降院随隋雒零霰青静靖韩项颉香高鹿麻黑黎齐龙雪思姑拉买努阿艾尼吐再祖古\
    帕玛巴才德嘎贡旺索益丹加南措仁桑苟刑候玖亮仪伦佐侍刚力励卞卢双哀圈宿冮岐巍弭征恽揣旋明暴朗枚檀欉欧殷汝沐沓河法洗浮淳涌润\
    牒环甫畅皇盘矛磨祥种税笱筱紫絮经羡翦肯胖脑荐莽蒯蔄蕫衷褟訚诺逮邝邬郄郐鄘鄭钭阡隽雎霄颛饕巨树冶兀庹忻筐逄虢言庚";

/// Surnames of two characters (the Hundred Family Surnames and those met today).
const COMPOUND: &[&str] = &[
    "欧阳", "上官", "司马", "诸葛", "夏侯", "东方", "皇甫", "尉迟", "公孙", "慕容", "长孙", "宇文", "司徒", "司空",
    "令狐", "端木", "轩辕", "百里", "呼延", "南宫", "西门", "东郭", "独孤", "申屠", "澹台", "公冶", "太叔", "淳于",
    "单于", "赫连", "闻人", "钟离", "濮阳", "宗政", "鲜于", "闾丘", "亓官", "司寇", "子车", "颛孙", "巫马", "公西",
    "漆雕", "乐正", "壤驷", "公良", "拓跋", "夹谷", "宰父", "谷梁", "段干", "梁丘", "左丘", "东门", "微生", "纳兰",
    "完颜", "万俟",
];

/// The share of the people that the commonest surname has; the others of the first hundred follow 1 / (rank + 3).
const FIRST_SHARE: f32 = 0.25;
const HUNDRED_SHARE: f32 = 3e-4;
const RARE_SHARE: f32 = 3e-5;

/// The first character by which the table below goes, and the one behind its last.
const FIRST: usize = 0x3400;
const BEHIND: usize = 0xa000;

/// The shares by character, from [`FIRST`] on; 0 where it is no surname.
static SHARES: LazyLock<Vec<f32>> = LazyLock::new(|| {
    let mut shares = HashMap::new();
    for (rank, c) in (1_u8..).zip(COMMON.chars()) {
        shares.insert(c, FIRST_SHARE / (f32::from(rank) + 3.0));
    }
    for c in HUNDRED.chars() {
        shares.entry(c).or_insert(HUNDRED_SHARE);
    }
    for c in RARE.chars() {
        shares.entry(c).or_insert(RARE_SHARE);
    }
    let mut table = vec![0.0; BEHIND - FIRST];
    for (c, share) in shares {
        if let Some(slot) = (c as usize).checked_sub(FIRST).and_then(|at| table.get_mut(at)) {
            *slot = share;
        }
    }
    table
});

/// Returns the share of the people that bear a surname of one character; `None` where it is no surname.
pub fn share(surname: char) -> Option<f32> {
    SHARES.get((surname as usize).checked_sub(FIRST)?).copied().filter(|&share| share > 0.0)
}

/// Returns whether two characters are a surname together.
pub fn is_compound(first: char, second: char) -> bool {
    static PAIRS: LazyLock<Vec<(char, char)>> = LazyLock::new(|| {
        let pair = |surname: &&str| surname.chars().next().zip(surname.chars().nth(1));
        let mut pairs: Vec<_> = COMPOUND.iter().filter_map(pair).collect();
        pairs.sort_unstable();
        pairs
    });
    PAIRS.binary_search(&(first, second)).is_ok()
}
