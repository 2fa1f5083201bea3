import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'

import * as api from '@/api/documents'
import type { DocumentDetail, DocumentState, DocumentSummary } from '@/api/documents'
import { useDocumentsStore } from '@/stores/documents'

const detail: DocumentDetail = {
  id: 'doc_1',
  title: 'Site survey',
  status: 'processing',
  filename: 'survey.txt',
  page_count: null,
  tags: [],
  version_count: 1,
  comment_count: 0,
  last_activity_at: '2026-03-09T08:30:15.250Z',
  created_at: '2026-03-09T08:30:15.250Z',
  project: 'prj_1',
  checksum: '',
  keywords: [],
  created_by: null,
}

function page(items: DocumentSummary[], next: string | null) {
  return { items, page: { next, previous: null, size: items.length } }
}

function state(changes: Partial<DocumentState>): DocumentState {
  return { id: 'doc_1', status: 'processing', status_changed_at: '', run: null, ...changes }
}

describe('documents store', () => {
  beforeEach(() => {
    setActivePinia(createPinia())
  })

  it('appends the next page with the same filters', async () => {
    const list = vi
      .spyOn(api, 'listDocuments')
      .mockResolvedValueOnce(page([detail], 'cD0y'))
      .mockResolvedValueOnce(page([{ ...detail, id: 'doc_2' }], null))
    const store = useDocumentsStore()

    await store.fetchList('prj_1', { status: 'processing' })
    await store.fetchMore()

    expect(store.items.map((item) => item.id)).toEqual(['doc_1', 'doc_2'])
    expect(store.next).toBeNull()
    expect(list).toHaveBeenLastCalledWith(
      'prj_1',
      { status: 'processing', cursor: 'cD0y' },
      expect.any(AbortSignal),
    )
  })

  it('fetches the document again once it is ready', async () => {
    const get = vi
      .spyOn(api, 'getDocument')
      .mockResolvedValue({ ...detail, status: 'ready', page_count: 2, keywords: ['bearing'] })
    const store = useDocumentsStore()
    store.current = { ...detail }

    await store.applyState(state({ status: 'processing' }))
    expect(get).not.toHaveBeenCalled()

    await store.applyState(state({ status: 'ready' }))
    expect(get).toHaveBeenCalledOnce()
    expect(store.current?.page_count).toBe(2)
  })

  it('tries the document again when it could not be fetched', async () => {
    vi.spyOn(api, 'getDocument')
      .mockRejectedValueOnce(new Error('lost'))
      .mockResolvedValueOnce({ ...detail, status: 'ready', page_count: 2 })
    const store = useDocumentsStore()
    store.current = { ...detail }

    await expect(store.applyState(state({ status: 'ready' }))).rejects.toThrow('lost')
    await store.applyState(state({ status: 'ready' }))

    expect(store.current?.page_count).toBe(2)
  })

  it('keeps only the answer to the last filter', async () => {
    let answerFirst: (value: ReturnType<typeof page>) => void = () => {}
    vi.spyOn(api, 'listDocuments')
      .mockReturnValueOnce(new Promise((resolve) => (answerFirst = resolve)))
      .mockResolvedValueOnce(page([{ ...detail, id: 'doc_2' }], null))
    const store = useDocumentsStore()

    const first = store.fetchList('prj_1', { q: 'sit' })
    await store.fetchList('prj_1', { q: 'site' })
    answerFirst(page([detail], 'cD0y'))
    await first

    expect(store.items.map((item) => item.id)).toEqual(['doc_2'])
    expect(store.next).toBeNull()
    expect(store.loading).toBe(false)
  })

  it('ignores the state of another document', async () => {
    const store = useDocumentsStore()
    store.current = { ...detail }
    await store.applyState(state({ id: 'doc_2', status: 'failed' }))
    expect(store.current?.status).toBe('processing')
  })

  it('shows an uploaded document first', async () => {
    vi.spyOn(api, 'listDocuments').mockResolvedValue(page([detail], null))
    vi.spyOn(api, 'uploadDocument').mockResolvedValue({ ...detail, id: 'doc_2' })
    const store = useDocumentsStore()

    await store.fetchList('prj_1')
    await store.upload('prj_1', new File(['text'], 'notes.txt'), 'Notes')

    expect(store.items[0]?.id).toBe('doc_2')
  })
})
