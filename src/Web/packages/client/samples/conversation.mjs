// A student asks, an agent answers and resolves, the student rates: both sides of one conversation.
//
//   npm run build -w @campuscare/client
//   node packages/client/samples/conversation.mjs GATEWAY CAMPUS STUDENT_TOKEN AGENT_TOKEN
//
// The tokens are those of docs/api.md; a demo gives them at POST /demo/tokens.
import { AgentClient, CustomerClient } from '@campuscare/client'

const [gateway, campus, studentToken, agentToken] = process.argv.slice(2)
if (!agentToken) {
    console.error("Say where the gateway is, the campus, the student's token, and the agent's.")
    process.exit(64)
}

const agent = new AgentClient({ gateway, campus, token: agentToken })
const offered = new Promise((resolve) => agent.onOffer(resolve))
const online = new Promise((resolve) => agent.link.whenOnline(resolve))
agent.start()
await online
must(await agent.setStatus('available'))

const student = new CustomerClient({ gateway, token: studentToken })
student.start()
const { ticketId } = await student.openContact('我的外卖一个小时了还没到')
const resolved = new Promise((resolve) => {
    student.watch(ticketId, (ticket, events) => {
        for (const { seq, type, text } of events) console.log(`the student sees ${seq} ${type} ${text ?? ''}`)
        if (ticket.phase === 'resolved') resolve()
    })
})

// Commands may be said again: what is done already answers as if it were done now.
must(await agent.accept(await offered))
agent.post(ticketId, '骑手在东门，两分钟到')
await new Promise((sent) => agent.whenSent(sent))
must(await agent.hub.resolve(ticketId, 'solved', null))

await resolved
must(await student.hub.rate(ticketId, 5, '很快'))
console.log('the student gave five stars')
await Promise.all([student.stop(), agent.stop()])

// Nothing throws for a "no"; a program that can't go on without a "yes" asks for it.
function must({ value, problem }) {
    if (problem) throw new Error(`${problem.code}: ${problem.detail ?? problem.title}`)
    return value
}
