import type { Agent, AgentSkill } from '../client/admin'
import { Checker, isSkill, limits, type Faults } from './faults'

/** What a form writes of an agent. */
export type AgentDraft = Omit<Agent, 'version' | 'retired'>

/** The place of an agent who isn't there yet: no id has a space. */
export const newcomer = ' '

export const draftOf = ({
  agentId,
  name,
  queues,
  skills,
  pods,
  capacity,
  calls,
  forms,
}: Agent): AgentDraft => ({
  agentId,
  name,
  queues,
  skills: skills.map(({ skill, level }) => ({ skill, level })),
  pods,
  capacity,
  calls,
  forms,
})

export const newAgent = (): Agent => ({
  agentId: '',
  name: '',
  queues: [],
  skills: [],
  pods: [],
  capacity: 3,
  calls: 1,
  forms: 10,
  version: 0,
  retired: false,
})

/** The queues whose own skill the agent lacks: they ask for it, so nothing comes from them. */
export const lacking = ({ queues, skills }: AgentDraft): string[] =>
  queues.filter((queue) => !skills.some(({ skill }) => skill === queue))

/** The next skill that somebody probably means. */
export const nextSkill = (agent: AgentDraft): AgentSkill => ({
  skill: lacking(agent)[0] ?? 'lang:en',
  level: 3,
})

/** Visible ASCII; a slash and this beginning have a meaning of their own. */
export const isAgentId = (id: string): boolean =>
  /^[!-~]{1,64}$/.test(id) && !id.includes('/') && !id.startsWith('agent:')

/** What is wrong with an agent. `taken` are ids that are somebody else's. */
export function checkAgent(agent: AgentDraft, taken: readonly string[] = []): Faults {
  const check = new Checker()
  check.must(isAgentId(agent.agentId), 'agentId', 'agentId')
  check.must(!taken.includes(agent.agentId), 'agentId', 'twice')
  check.name(agent.name, 'name')
  check.whole(agent.capacity, 'capacity', 0, limits.chats)
  check.whole(agent.calls, 'calls', 0, 1)
  check.whole(agent.forms, 'forms', 0, limits.forms)
  check.must(agent.skills.length <= limits.skills, 'skills', 'tooMany', { max: limits.skills })
  agent.skills.forEach(({ skill, level }, i) => {
    check.must(isSkill(skill), `skills.${i}.skill`, 'skill')
    check.must(!skill.startsWith('pod:'), `skills.${i}.skill`, 'podBelow')
    check.must(!agent.skills.slice(0, i).some((other) => other.skill === skill), `skills.${i}.skill`, 'twice')
    check.whole(level, `skills.${i}.level`, 1, 5)
  })
  return check.faults
}
