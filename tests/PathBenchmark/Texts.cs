namespace CampusCare.PathBenchmark;

/// <summary>What people write, a few of each kind, so that every queue gets some.</summary>
internal static class Texts
{
    private static readonly string[] All =
    [
        "我的外卖一个小时了还没到，骑手电话也打不通",
        "my order is forty minutes late, where is it",
        "点的是微辣送来特辣，而且少了一份米饭",
        "吃完以后肚子疼，怀疑食材不新鲜",
        "订单取消了三天了，退款还没到账",
        "骑手态度很差，把餐放在楼下就走了",
        "包装破了，汤全洒在袋子里",
        "优惠券用不了，页面一直转圈",
        "the rider left my food at the wrong gate",
        "饭菜里面有一根头发，请处理一下",
        "想改一下送餐地址，送到三号宿舍楼",
        "请问今天食堂几点停止接单",
    ];

    public static string Of(int i) => All[i % All.Length];
}
