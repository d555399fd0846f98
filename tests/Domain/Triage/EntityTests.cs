using CampusCare.Domain.Triage;

namespace CampusCare.Domain.Tests.Triage;

public sealed class EntityTests
{
    [Theory]
    [InlineData("订单号 88120437 还没到", EntityKind.OrderNumber, "88120437")]
    [InlineData("单号：wm20261121007，少一份", EntityKind.OrderNumber, "WM20261121007")]
    [InlineData("尾号3372的餐在哪", EntityKind.OrderNumber, "3372")]
    [InlineData("帮我查一下1203948571029384", EntityKind.OrderNumber, "1203948571029384")]
    [InlineData("order no. 5530127 is late", EntityKind.OrderNumber, "5530127")]
    [InlineData("打13800002222", EntityKind.Phone, "13800002222")]
    [InlineData("电话138 0000 2222", EntityKind.Phone, "13800002222")]
    [InlineData("联系+86-139-1234-5678", EntityKind.Phone, "13912345678")]
    [InlineData("我的号１３８００００２２２２", EntityKind.Phone, "13800002222")]
    [InlineData("手机尾号5521", EntityKind.Phone, "5521")]
    [InlineData("店里0571-88886666没人接", EntityKind.Phone, "057188886666")]
    [InlineData("call me at 139****0021", EntityKind.Phone, "139****0021")]
    [InlineData("扣了我15块钱", EntityKind.Amount, "15.00")]
    [InlineData("多收三块二", EntityKind.Amount, "3.00")]
    [InlineData("付了￥28.8", EntityKind.Amount, "28.80")]
    [InlineData("退我十二元", EntityKind.Amount, "12.00")]
    [InlineData("charged 12.5 yuan twice", EntityKind.Amount, "12.50")]
    [InlineData("11点20下的单", EntityKind.Time, "11:20")]
    [InlineData("下午3点半取的", EntityKind.Time, "15:30")]
    [InlineData("12：45还没到", EntityKind.Time, "12:45")]
    [InlineData("晚上八点送", EntityKind.Time, "20:00")]
    [InlineData("等了一个半小时", EntityKind.Time, "90m")]
    [InlineData("等了两个多小时", EntityKind.Time, "120m")]
    [InlineData("一小时四十分才到", EntityKind.Time, "100m")]
    [InlineData("半个小时了", EntityKind.Time, "30m")]
    [InlineData("95分钟", EntityKind.Time, "95m")]
    [InlineData("waited 80 minutes", EntityKind.Time, "80m")]
    [InlineData("at 11:20 pm", EntityKind.Time, "23:20")]
    [InlineData("送到6栋302", EntityKind.Place, "6栋302")]
    [InlineData("我在图书馆门口", EntityKind.Place, "图书馆")]
    [InlineData("放北门", EntityKind.Place, "北门")]
    [InlineData("改成勤学楼407", EntityKind.Place, "勤学楼407")]
    [InlineData("第三食堂二楼", EntityKind.Place, "第三食堂二楼")]
    [InlineData("please come to the south gate", EntityKind.Place, "south gate")]
    [InlineData("building 12, dorm 3", EntityKind.Place, "building 12")]
    [InlineData("宫保鸡丁里没有花生", EntityKind.Dish, "宫保鸡丁")]
    [InlineData("皮蛋瘦肉粥洒了", EntityKind.Dish, "皮蛋瘦肉粥")]
    [InlineData("少一份滷肉飯", EntityKind.Dish, "卤肉饭")]
    public void A_fact_is_found_in_one_form(string text, EntityKind kind, string value) =>
        TriageModel.Default.Classify(text).Entities.ShouldContain(e => e.Kind == kind && e.Value == value);

    [Theory]
    [InlineData("就三块肉", EntityKind.Amount)]
    [InlineData("有一点慢", EntityKind.Time)]
    [InlineData("等了95分钟", EntityKind.OrderNumber)]
    [InlineData("我自己下楼拿", EntityKind.Place)]
    [InlineData("里面对面都没有", EntityKind.Dish)]
    public void What_only_looks_like_a_fact_is_none(string text, EntityKind kind) =>
        TriageModel.Default.Classify(text).Entities.ShouldNotContain(e => e.Kind == kind);

    [Fact]
    public void Facts_stand_in_order_do_not_overlap_and_quote_the_message()
    {
        foreach (var text in CorpusFiles.All)
        {
            var end = 0;
            foreach (var entity in TriageModel.Default.Classify(text.Text).Entities)
            {
                entity.Start.ShouldBeGreaterThanOrEqualTo(end);
                end = entity.Start + entity.Text.Length;
                text.Text.Substring(entity.Start, entity.Text.Length).ShouldBe(entity.Text);
            }
        }
    }
}
