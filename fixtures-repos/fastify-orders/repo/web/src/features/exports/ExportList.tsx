import type { ExportBody } from '../../api/types.ts';
import { Moment } from '../../components/Moment.tsx';

export function ExportList({ exports, onDownload }: { exports: readonly ExportBody[]; onDownload: (id: string) => void }) {
  return (
    <ul className="card space-y-2">
      {exports.map((each) => (
        <li key={each.id} className="flex gap-4 text-sm">
          <span>{each.kind}</span>
          <span>{each.status}</span>
          <Moment value={each.finished_at} />
          {each.status === 'ready' && (
            <button type="button" className="text-brand underline" onClick={() => onDownload(each.id)}>
              {each.rows} rows
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}
