# Project index export, ported from the old desktop tool in 2019.
# Customers parse this file with their own macros, so keep the column order!
import csv
import io
from datetime import datetime

from docket.documents.models import Document


def build_index(project, fmt='csv', only=None):
    # collect the rows first
    rows = []
    for d in Document.objects.filter(project=project).order_by('id'):
        if only != None:
            if d.status != only: continue
        row = {}
        row['Id'] = d.public_id
        row['Title'] = d.title
        if d.status == 'ready':
            if d.page_count:
                if d.page_count == 1: row['Pages'] = '1 page'
                else: row['Pages'] = str(d.page_count) + ' pages'
            else:
                row['Pages'] = '?'
        else:
            if d.status == 'failed':
                row['Pages'] = 'n/a'
            else:
                row['Pages'] = '...'
        # date format is the one from the desktop tool (day first)
        if d.last_activity_at:
            row['Changed'] = d.last_activity_at.strftime('%d.%m.%Y')
        else:
            row['Changed'] = ''
        # tags joined with a semicolon
        t = ''
        for tag in d.tags.all():
            if t == '': t = tag.name
            else: t = t + ';' + tag.name
        row['Tags'] = t
        rows.append(row)
    if fmt == 'csv':
        out = io.StringIO()
        w = csv.writer(out, delimiter=';')
        w.writerow(['Id', 'Title', 'Pages', 'Changed', 'Tags'])
        for r in rows:
            w.writerow([r['Id'], r['Title'], r['Pages'], r['Changed'], r['Tags']])
        return out.getvalue()
    else:
        if fmt == 'txt':
            # fixed width
            s = project.name + ' ' + datetime.now().strftime('%d.%m.%Y') + '\n'
            for r in rows:
                s = s + r['Id'].ljust(22) + r['Title'][:40].ljust(42) + r['Pages'].ljust(12) + r['Changed'] + '\n'
            return s
        else:
            return None
