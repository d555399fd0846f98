// Customers and agents of @campuscare/client, who talk until they are told to stop. The plan is the argument: where the
// package is, and who comes over which network. A line "over" ends the writing, and is answered with what was written; a
// line with each ticket's last seq is answered with what everybody saw, once all have seen that much.
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'

const plan = JSON.parse(process.argv[2])
const { AgentClient, CustomerClient, isPassing } = await import(pathToFileURL(plan.package))

const clients = []
const seen = []
const written = new Set()
let over = false
let look = () => {}

for (const person of plan.people) {
  const options = { ...person, campus: plan.campus, backoff: plan.backoff }
  if (person.role === 'Customer') ask(new CustomerClient(options), person)
  else answer(new AgentClient(options), person)
}

async function ask(customer, person) {
  join(customer)
  const ticket = await customer.openContact('我的外卖一个小时了还没到')
  follow(customer, person, ticket.ticketId)
  write(customer, ticket.ticketId)
}

// What got lost is said again, when the connection is back.
function answer(agent, person) {
  const unanswered = new Set()
  let isAvailable = false
  const accept = async (offer) => {
    const { value, problem } = await agent.accept(offer)
    if (problem && isPassing(problem)) unanswered.add(offer)
    if (!value) return
    follow(agent, person, value.ticketId)
    write(agent, value.ticketId)
  }
  agent.onOffer((offer) => void accept(offer))
  agent.link.whenOnline(async () => {
    isAvailable ||= (await agent.setStatus('available')).value !== null
    for (const offer of unanswered) {
      unanswered.delete(offer)
      void accept(offer)
    }
  })
  join(agent)
}

function join(client) {
  clients.push(client)
  client.whenOutboxChanges(() => look())
  client.start()
}

function follow(client, { who, transport }, ticketId) {
  const view = { who, transport, ticketId, seqs: [] }
  seen.push(view)
  client.watch(ticketId, (_, events) => {
    view.seqs.push(...events.map((event) => event.seq))
    look()
  })
}

// One message after the other, until the ticket is another agent's.
function write(client, ticketId) {
  let last = null
  const next = () => {
    if (!over) last = client.post(ticketId, `第 ${written.size} 条`)
  }
  client.whenSent(({ id }) => {
    if (id !== last) return
    written.add(id)
    next()
  })
  client.whenOutboxChanges(() => {
    for (const entry of client.outbox.entries) {
      if (entry.state !== 'failed') continue
      if (entry.problem.code !== 'notYourTicket') throw new Error(`Refused: ${JSON.stringify(entry)}`)
      client.outbox.remove(entry.id)
    }
  })
  next()
}

function until(holds) {
  return new Promise((resolve) => {
    look = () => {
      if (holds()) resolve()
    }
    look()
  })
}

for await (const line of createInterface(process.stdin)) {
  if (line === 'over') {
    over = true
    await until(() => clients.every((client) => client.outbox.entries.length === 0))
    console.log(JSON.stringify({ written: [...written], tickets: [...new Set(seen.map((view) => view.ticketId))] }))
  } else {
    const truth = JSON.parse(line)
    await until(() => seen.every((view) => (view.seqs.at(-1) ?? 0) >= truth[view.ticketId]))
    console.log(JSON.stringify({ seen }))
  }
}
await Promise.all(clients.map((client) => client.stop()))
