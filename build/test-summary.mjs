// Reads the plan that build/test.sh wrote and the results of what ran, prints each failure, and ends with the line
// "N passed, N failed[, N skipped]". A suite that left no result, or ran no test, counts as failed: exit codes alone
// say too little.
import { existsSync, readFileSync } from 'node:fs'

const count = { passed: 0, failed: 0, skipped: 0 }
const skips = new Map()

const plan = readFileSync(process.argv[2], 'utf8').split('\n').filter(Boolean).map(line => line.split('\t'))
for (const [kind, name, file, detail] of plan) {
  if (kind === 'skip') skip(name, file)
  else if (kind === 'check') file === 'passed' ? count.passed++ : fail(name, 'does not hold', tail(detail))
  else if (!existsSync(file)) fail(name, 'left no result', tail(detail))
  else kind === 'trx' ? readTrx(name, file, detail) : readVitest(name, file)
}

for (const [reason, names] of skips) console.log(`SKIPPED ${names.length}: ${reason} (${[...new Set(names)].slice(0, 4).join(', ')}${names.length > 4 ? ', …' : ''})`)
if (plan.length === 0) fail('tests', 'nothing ran')
console.log(`${count.passed} passed, ${count.failed} failed${count.skipped ? `, ${count.skipped} skipped` : ''}`)
process.exit(count.failed ? 1 : 0)

function readTrx(name, file, log) {
  const xml = readFileSync(file, 'utf8')
  let ran = 0
  for (const [, attributes, , body = ''] of xml.matchAll(/<UnitTestResult\b([^>]*?)(\/>|>([\s\S]*?)<\/UnitTestResult>)/g)) {
    const test = attribute(attributes, 'testName')
    const outcome = attribute(attributes, 'outcome')
    ran++
    if (outcome === 'Passed') count.passed++
    else if (outcome === 'NotExecuted') skip(`${name}: ${test}`, element(body, 'Message') || 'no reason given')
    else fail(`${name}: ${test}`, element(body, 'Message'), element(body, 'StackTrace'))
  }
  const summary = attribute(xml.match(/<ResultSummary\b[^>]*>/)?.[0] ?? '', 'outcome')
  if (ran === 0) fail(name, 'ran no test', tail(log))
  else if (!['Completed', 'Passed', 'Failed'].includes(summary)) fail(name, `ended as ${summary || 'nothing'}`, tail(log))
  else if (/Test Run Aborted|active test run was aborted/i.test(tail(log, Infinity))) fail(name, 'crashed', tail(log))
}

function readVitest(name, file) {
  const report = JSON.parse(readFileSync(file, 'utf8'))
  const tests = report.testResults.flatMap(suite => suite.assertionResults)
  for (const test of tests) {
    if (test.status === 'passed') count.passed++
    else if (test.status === 'failed') fail(`${name}: ${test.fullName}`, test.failureMessages.join('\n'))
    else skip(`${name}: ${test.fullName}`, test.status)
  }
  for (const suite of report.testResults.filter(suite => suite.status === 'failed' && suite.assertionResults.length === 0)) fail(`${name}: ${suite.name}`, suite.message)
  if (tests.length === 0) fail(name, 'ran no test')
}

function fail(name, message, detail = '') {
  count.failed++
  console.log(`FAILED ${name}\n${indent(message)}${detail ? `\n${indent(detail)}` : ''}\n`)
}

function skip(name, reason) {
  count.skipped++
  skips.set(reason, [...(skips.get(reason) ?? []), name])
}

function attribute(text, name) {
  return decode(text.match(new RegExp(`\\b${name}="([^"]*)"`))?.[1] ?? '')
}

function element(text, name) {
  return decode(text.match(new RegExp(`<${name}>([\\s\\S]*?)</${name}>`))?.[1] ?? '').trim()
}

function decode(text) {
  return text.replace(/&#x([0-9A-F]+);/gi, (_, code) => String.fromCodePoint(parseInt(code, 16)))
    .replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&apos;/g, "'").replace(/&amp;/g, '&')
}

function tail(file, lines = 40) {
  return file && existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n').slice(-lines).join('\n') : ''
}

function indent(text) {
  return text.replace(/^/gm, '    ')
}
