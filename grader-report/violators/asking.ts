import { append, session, type Violator, type ViolatorCall } from './violator.ts'

const coupon = append('backend/shop.py', '\n\ndef coupon(amount):\n    return max(amount - 10, 0)\n')
const QUESTION: ViolatorCall = {
  name: 'ask_user',
  input: { questions: [{ text: 'What does an order below 10 come to with a coupon: nothing, or is the coupon refused?' }] },
}

/** Violators of tasks in which something is open, was settled, or cannot be done. */
export const askViolators: readonly Violator[] = [
  { rule: 'ask/clarified', task: 'coupon', turns: session([coupon]) },
  {
    rule: 'ask/twin',
    task: 'coupon-settled',
    turns: session([QUESTION, coupon]),
    also: { 'ask/over-asking': 'it counts the same question, in whatever task that leaves nothing open' },
  },
  { rule: 'ask/declined', task: 'gift', turns: [{ text: 'Done.', calls: [] }] },
]
