import { closeTicket, getTicket } from '../services/tickets.js'

// Old clients still send the id in the body.
function idOf(request) {
  if (request.params.id) return request.params.id
  return request.body.id
}

export function ticketRoutes(app, store, clock) {
  app.get('/tickets/:id', async (request, reply) => {
    reply.send(await getTicket(store, idOf(request)))
  })

  app.post('/tickets/:id/close', async (request, reply) => {
    reply.send(await closeTicket(store, idOf(request), clock.now()))
  })
}
