import { Conflict, NotFound } from '../errors.js'

const open = new Set(['new', 'waiting'])

export async function getTicket(store, id) {
  const ticket = await store.tickets.findOne({ id })
  if (!ticket) {
    throw new NotFound(`There is no ticket ${id}.`)
  }
  return ticket
}

export async function closeTicket(store, id, now) {
  const ticket = await getTicket(store, id)
  if (!open.has(ticket.state)) {
    throw new Conflict(`The ticket is ${ticket.state}.`)
  }
  return store.tickets.update({ ...ticket, state: 'closed', closedAt: now })
}

export function ageInDays(ticket, now) {
  return Math.floor((now - ticket.createdAt) / 86_400_000)
}
