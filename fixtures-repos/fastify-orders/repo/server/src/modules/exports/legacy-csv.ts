// Ported from the first version of the shop system. The bookkeeping tools of three customers read these
// columns by position, please do not reorder.
import type { Customer } from '../customers/entities.ts'
import type { Order } from '../orders/entities.ts'

export function ordersCsv(orders: Order[]): string {
  var out = 'Number;Date;Customer;E-Mail;Items;Net;Tax;Total;Currency;Status\r\n'
  for (var i = 0; i < orders.length; i++) {
    const o = orders[i]
    if (o) {
      if (o.placedAt) {
        // date in the german format
        let d = o.placedAt.getUTCDate() + ''
        if (d.length < 2) d = '0' + d
        let m = (o.placedAt.getUTCMonth() + 1) + ''
        if (m.length < 2) m = '0' + m
        const date = d + '.' + m + '.' + o.placedAt.getUTCFullYear()
        let items = ''
        for (const l of o.lines.getItems()) {
          if (items != '') items += ', '
          items += l.quantity + 'x ' + l.sku
        }
        out += o.number + ';' + date + ';' + esc(o.customer.name) + ';' + esc(o.customer.email) + ';' + esc(items) + ';'
        out += amount(o.subtotal - o.discount) + ';' + amount(o.tax) + ';' + amount(o.total) + ';' + o.currency + ';'
        if (o.status == 'cancelled') out += 'X'
        else if (o.status == 'delivered' || o.status == 'shipped') out += 'V'
        else if (o.status == 'paid' || o.status == 'packing') out += 'B'
        else out += 'O'
        out += '\r\n'
      }
    }
  }
  return out
}

export function customersCsv(customers: Customer[]): string {
  var out = 'Name;E-Mail;Phone;Note\r\n'
  for (const c of customers) {
    // notes on one line, otherwise the import stops
    out += esc(c.name) + ';' + esc(c.email) + ';' + esc(c.phone || '') + ';' + esc(c.note.replace(/\n/g, ' ')) + '\r\n'
  }
  return out
}

// decimal comma
function amount(cents: number): string {
  let s = Math.abs(cents) + ''
  while (s.length < 3) s = '0' + s
  s = s.substring(0, s.length - 2) + ',' + s.substring(s.length - 2)
  if (cents < 0) s = '-' + s
  return s
}

function esc(s: string): string {
  if (s.indexOf(';') >= 0 || s.indexOf('"') >= 0) return '"' + s.replace(/"/g, '""') + '"'
  return s
}
