import type { ExportBody, Page } from '../api/types.ts';
import { ErrorNotice } from '../components/ErrorNotice.tsx';
import { ExportList } from '../features/exports/ExportList.tsx';
import { useSession } from '../features/session/useSession.ts';
import { useAction } from '../hooks/useAction.ts';
import { usePagedList } from '../hooks/usePagedList.ts';

export function ExportsPage() {
  const { client, shopId, token } = useSession();
  const { items } = usePagedList(['exports', shopId], (cursor) =>
    client.get<Page<ExportBody>>(`/shops/${shopId}/exports${cursor ? `?cursor=${cursor}` : ''}`),
  );
  const request = useAction(
    (kind: ExportBody['kind']) => client.post<ExportBody>(`/shops/${shopId}/exports`, { kind }),
    ['exports', shopId],
  );
  const download = async (id: string) => {
    const response = await fetch(`/api/shops/${shopId}/exports/${id}/download`, {
      headers: { authorization: `Bearer ${token}` },
    });
    window.open(URL.createObjectURL(await response.blob()));
  };
  return (
    <>
      <div className="mb-4 flex gap-2">
        {(['orders', 'customers'] as const).map((kind) => (
          <button key={kind} type="button" className="button" onClick={() => request.mutate(kind)}>
            Export {kind}
          </button>
        ))}
      </div>
      <ErrorNotice error={request.error} />
      <ExportList exports={items} onDownload={download} />
    </>
  );
}
