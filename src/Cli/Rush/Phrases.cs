namespace CampusCare.Cli.Rush;

/// <summary>What simulated people say. Words in braces are filled in by chance.</summary>
internal static class Phrases
{
    private static readonly Dictionary<string, string[]> Fillings = new()
    {
        ["dish"] = ["黄焖鸡米饭", "番茄牛腩饭", "麻辣香锅", "酸菜鱼", "鸡腿饭", "牛肉粉", "照烧鸡排饭", "皮蛋瘦肉粥", "炸鸡套餐", "兰州拉面"],
        ["drink"] = ["珍珠奶茶", "柠檬茶", "豆浆", "酸梅汤", "冰美式"],
        ["place"] = ["北门", "三号宿舍楼", "图书馆", "七号教学楼", "体育馆", "研究生公寓", "实验楼"],
        ["minutes"] = ["25", "30", "40", "45", "50", "70", "90"],
        ["yuan"] = ["12.5", "15", "18.8", "21", "26", "33.5"],
    };

    /// <summary>What a student opens with.</summary>
    public static readonly string[] Student =
    [
        "我的外卖已经超时{minutes}分钟了，骑手一直没动，能帮忙催一下吗？",
        "点的{dish}到现在还没送到{place}，下午还有课，等不了了。",
        "骑手显示已送达，但是{place}的取餐架上没有我的餐。",
        "骑手电话打不通，定位停在{place}很久了。",
        "骑手让我自己去{place}拿，说不上楼，态度很差。",
        "地址填错了，应该送到{place}，能不能帮我联系骑手改一下？",
        "少送了一份{drink}，小票上明明写着有的。",
        "我点的是{dish}，送来的根本不是，是不是拿错了？",
        "{dish}送到的时候汤全洒了，袋子里都是油。",
        "{dish}完全是凉的，肉还特别咸，没法吃。",
        "{dish}里面有一根头发，太恶心了，还能放心吃吗？",
        "吃完{dish}以后肚子一直疼，还吐了一次，室友也一样。",
        "打开{dish}闻着有股馊味，肯定不是今天做的。",
        "申请退款三天了，{yuan}元还没有退回来。",
        "付了两次钱，{yuan}元扣了两笔，订单只有一个。",
        "优惠券没有用上，多付了{yuan}元，可以退差价吗？",
        "商家接单以后又取消了，也不说原因，钱什么时候退？",
        "小程序一直转圈打不开，付款页面点了没反应。",
        "商家说没有收到备注，我明明写了不要辣，还说是我的问题。",
        "今天的骑手小哥特别好，下雨天还送到宿舍楼下，想表扬一下！",
        "请问{place}几点以后就不送餐了？",
        "想问一下学生会员的红包怎么领？",
    ];

    /// <summary>What a rider opens with.</summary>
    public static readonly string[] Rider =
    [
        "{place}的门禁不让进，学生电话也打不通，餐放哪里？",
        "商家出餐太慢，等了{minutes}分钟，会算我超时吗？",
        "送餐途中电动车坏在{place}，这一单能转给别人吗？",
        "顾客地址写错了，实际要送到{place}，需要改一下配送费。",
    ];

    /// <summary>What a merchant opens with.</summary>
    public static readonly string[] Merchant =
    [
        "有一单{dish}做好{minutes}分钟了，一直没有骑手来取。",
        "顾客申请退款{yuan}元，可是餐已经送到了，怎么处理？",
        "后台打印机收不到订单，已经漏了两单。",
        "今天{dish}的食材用完了，麻烦帮我下架。",
    ];

    /// <summary>Which articles would help who opens with these words; who opens with others wants a person.</summary>
    private static readonly (string Words, string[] Articles)[] Answers =
    [
        ("已经超时", ["late-delivery", "late-compensation", "rider-unreachable"]), ("还没送到", ["late-delivery", "late-compensation"]), ("显示已送达", ["marked-delivered", "lost-meal"]),
        ("骑手电话打不通", ["rider-unreachable"]), ("让我自己去", ["gate-upstairs", "rider-rude"]), ("地址填错", ["address-change"]), ("少送了一份", ["missing-item"]),
        ("根本不是", ["wrong-item"]), ("全洒了", ["spilled"]), ("完全是凉的", ["cold-food", "bad-taste"]), ("退款三天", ["refund-time"]), ("付了两次钱", ["double-charge"]),
        ("优惠券没有用上", ["coupon-unusable"]), ("又取消了", ["merchant-canceled"]), ("一直转圈", ["app-fault", "payment-failed"]), ("没有收到备注", ["note-ignored"]), ("想表扬", ["rider-praise"]),
        ("不送餐了", ["delivery-hours"]), ("红包怎么领", ["coupon-get"]), ("门禁不让进", ["rider-gate"]), ("商家出餐太慢", ["rider-wait"]), ("电动车坏", ["rider-breakdown"]),
        ("顾客地址写错", ["rider-address-wrong"]), ("没有骑手来取", ["merchant-no-rider"]), ("顾客申请退款", ["merchant-refund"]), ("打印机收不到", ["merchant-printer"]), ("帮我下架", ["merchant-menu"]),
    ];

    /// <summary>Whether an article is about what somebody opened with.</summary>
    public static bool IsAnsweredBy(string opening, string articleId) => Answers.Any(answer => opening.Contains(answer.Words, StringComparison.Ordinal) && answer.Articles.Contains(articleId));

    /// <summary>What a customer answers.</summary>
    public static readonly string[] FollowUp =
    [
        "好的，谢谢。", "大概还要多久？", "我在{place}，手机一直开着。", "可以退款吗？不想等了。", "照片我发不上来，可以之后补吗？", "行，那我再等等。", "已经收到了，谢谢！",
    ];

    /// <summary>Praise and blame that go with 1–5 stars.</summary>
    public static readonly string[][] Comments =
    [
        ["等太久了，问题也没解决。"], ["一直在说套话。"], ["还行吧，就是慢了点。"], ["解决了，谢谢。", "态度不错。"], ["回复特别快，给个好评！", "很耐心，问题马上就解决了。", "太贴心了。"],
    ];

    /// <summary>An agent's first words, by queue.</summary>
    public static readonly Dictionary<string, string[]> Hello = new()
    {
        ["delivery"] = ["您好，我是配送组，马上帮您联系骑手核实位置。", "抱歉让您久等了，我这就催一下骑手。"],
        ["food"] = ["非常抱歉，餐品出了问题，我先帮您核对订单。", "您好，很抱歉给您带来不好的体验，我马上联系商家确认。"],
        ["safety"] = ["您好，身体不舒服请先停止食用，必要时尽快就医，我现在为您登记食品安全问题。", "非常重视您的反馈，请先保留餐品和包装，我马上上报。"],
        ["payment"] = ["您好，我帮您查一下这笔款项的状态。", "抱歉，我先核对支付记录，请稍等。"],
        ["general"] = ["您好，很高兴为您服务。", "您好，已经看到您的留言了。"],
    };

    /// <summary>What an agent says next, by queue.</summary>
    public static readonly Dictionary<string, string[]> Solution = new()
    {
        ["delivery"] = ["骑手已经联系上了，大约十分钟送到，另外补您一张五元券。", "已经安排附近的骑手接手，送达后会给您发消息。"],
        ["food"] = ["商家同意重新制作，二十分钟内送到。", "已为您申请部分退款，预计一个工作日内到账。"],
        ["safety"] = ["已全额退款并通知食安负责人到店检查，结果会在二十四小时内回复您。", "已登记并下架该餐品，医药费用凭单据由我们先行垫付。"],
        ["payment"] = ["退款已经提交，原路退回，预计一到三个工作日。", "重复扣的那一笔已经退回，请您留意到账通知。"],
        ["general"] = ["已经帮您记录并转给相关同事，感谢您的反馈！", "活动入口在“我的—红包”，每天十点更新。"],
    };

    /// <summary>After-contact codes, by queue.</summary>
    public static readonly Dictionary<string, string[]> Dispositions = new()
    {
        ["delivery"] = ["solved", "redelivered", "compensated"],
        ["food"] = ["refunded", "redelivered", "compensated"],
        ["safety"] = ["refunded", "escalated"],
        ["payment"] = ["refunded", "answered"],
        ["general"] = ["answered", "solved"],
    };

    /// <summary>One of them, with its braces filled in.</summary>
    public static string Pick(this Random chance, IReadOnlyList<string> phrases)
    {
        var phrase = phrases[chance.Next(phrases.Count)];
        foreach (var (slot, words) in Fillings) phrase = phrase.Replace($"{{{slot}}}", words[chance.Next(words.Length)]);
        return phrase;
    }

    /// <summary>One of those for a queue; of the general ones when the queue has none.</summary>
    public static string Pick(this Random chance, Dictionary<string, string[]> byQueue, string queue) =>
        chance.Pick(byQueue.GetValueOrDefault(queue) ?? byQueue["general"]);
}
