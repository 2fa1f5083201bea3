# Flat file for the tax adviser's program (version 4 of their description, 2018).
# Ask before changing anything in here, two advisers read it with macros!
import io


def build(org, entries, only=None, sep=';'):
    out = io.StringIO()
    # head line: company, currency, number of entries
    n = 0
    for e in entries:
        n = n + 1
    out.write('H' + sep + org.name[:30] + sep + org.currency + sep + str(n) + '\r\n')
    cnt = 0
    for e in entries:
        if only != None:
            if e.source != only: continue
        i = 0
        for l in e.lines:
            i = i + 1
            if l.amount > 0:
                s = 'S'
                amt = l.amount
            else:
                if l.amount < 0:
                    s = 'H'
                    amt = -l.amount
                else:
                    continue
            # amounts have a comma and no sign
            a = str(amt)
            while len(a) < 3: a = '0' + a
            a = a[:-2] + ',' + a[-2:]
            t = e.memo
            if l.note:
                if t: t = t + ' / ' + l.note
                else: t = l.note
            t = t.replace(sep, ' ')
            if len(t) > 60: t = t[:60]
            out.write('B' + sep + str(e.number) + sep + str(i) + sep + e.booked_on.strftime('%d%m%Y') + sep + l.account.code + sep + s + sep + a + sep + t + '\r\n')
            cnt = cnt + 1
    out.write('T' + sep + str(cnt) + '\r\n')
    return out.getvalue()
