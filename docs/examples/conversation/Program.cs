// A student asks, an agent answers and resolves, the student rates: both sides of one conversation.
//
//   dotnet run --project docs/examples/conversation -- GATEWAY STUDENT_TOKEN AGENT_TOKEN
//
// The tokens are those of docs/api.md; a demo gives them at POST /demo/tokens.
using CampusCare.Client;

if (args is not [var gateway, var studentToken, var agentToken])
{
    Console.Error.WriteLine("Say where the gateway is, the student's token, and the agent's.");
    return 64;
}

await using var agent = new AgentClient(new Uri(gateway), agentToken);
var offered = new TaskCompletionSource<Offer>();
agent.Offered += offer => offered.TrySetResult(offer);
await agent.Start();
Must(await agent.Desk());
Must(await agent.SetStatus("available"));

await using var student = new CustomerClient(new Uri(gateway), studentToken);
await student.Start();
var ticket = Must(await student.OpenContact("我的外卖一个小时了还没到")).Ticket.TicketId;
var resolved = new TaskCompletionSource();
await using var watch = student.Watch(ticket, news =>
{
    foreach (var happened in news.Events) Console.WriteLine($"the student sees {happened.Seq} {happened.Type} {happened.Text}");
    if (news.Ticket.Phase == "resolved") resolved.TrySetResult();
});

// Commands may be said again: what is done already answers as if it were done now.
var mine = Must(await agent.Accept((await offered.Task).Reservation)).Reference;
Must(await agent.Post(mine, "骑手在东门，两分钟到"));
Must(await agent.Resolve(mine, "solved"));

await resolved.Task;
Must(await student.Rate(ticket, stars: 5, comment: "很快"));
Console.WriteLine("the student gave five stars");
return 0;

// Nothing throws for a "no"; a program that can't go on without a "yes" asks for it.
static T Must<T>(Answer<T> answer) where T : class => answer.Yes;
