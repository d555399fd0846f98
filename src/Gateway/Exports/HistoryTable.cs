using System.Globalization;
using System.Text.Json;
using CampusCare.Contracts.Supervision;

namespace CampusCare.Gateway.Exports;

/// <summary>A campus's history as a table: no phone numbers, and of the words only the first ones.</summary>
internal static class HistoryTable
{
    private static readonly (string Zh, string En)[] Columns =
    [
        ("工单号", "Ticket"), ("状态", "Phase"), ("队列", "Queue"), ("类别", "Category"), ("紧急程度", "Urgency"), ("情绪", "Mood"), ("用户角色", "Role"), ("用户 ID", "Customer id"),
        ("用户", "Customer"), ("坐席 ID", "Agent id"), ("坐席", "Agent"), ("渠道", "Channel"), ("订单号", "Order"), ("内容", "Subject"), ("提交时间", "Opened"), ("最后更新", "Updated"),
        ("结束时间", "Closed"), ("评分", "Stars"), ("处理结果", "Disposition"),
    ];

    private static readonly string[] Times = ["提交时间", "最后更新", "结束时间", "Opened", "Updated", "Closed"];

    /// <summary>The names of the columns; those of times say which clock.</summary>
    public static string[] Head(bool english, TimeSpan offset) =>
        [.. Columns.Select(column => english ? column.En : column.Zh).Select(name => Times.Contains(name) ? $"{name} ({Clock(offset)})" : name)];

    /// <summary>A ticket's row.</summary>
    public static object?[] Cells(HistoryLine line, TimeSpan offset) =>
    [
        line.TicketId, Name(line.Phase), line.Queue, Name(line.Category), Name(line.Urgency), Name(line.Sentiment), Name(line.Role), line.CustomerId,
        line.CustomerName, line.AgentId, line.AgentName, Name(line.Channel), line.OrderNumber, line.Subject,
        line.OpenedAt.ToOffset(offset), line.UpdatedAt.ToOffset(offset), line.ClosedAt?.ToOffset(offset), line.Stars, line.Disposition,
    ];

    private static string Clock(TimeSpan offset) =>
        string.Create(CultureInfo.InvariantCulture, $"UTC{(offset < TimeSpan.Zero ? '-' : '+')}{offset:hh\\:mm}");

    private static string? Name<T>(T value) => value is null ? null : JsonNamingPolicy.CamelCase.ConvertName(value.ToString()!);
}
