import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'

import { DOCUMENT_STATUSES } from '@/api/documents'
import StatusBadge from '@/components/StatusBadge.vue'

describe('StatusBadge', () => {
  it.each(DOCUMENT_STATUSES)('names the status %s', (status) => {
    const badge = mount(StatusBadge, { props: { status } })
    expect(badge.text().toLowerCase()).toBe(status)
  })

  it.each([
    ['uploaded', 'false'],
    ['queued', 'true'],
    ['processing', 'true'],
    ['ready', 'false'],
    ['failed', 'false'],
  ] as const)('marks %s as busy: %s', (status, busy) => {
    const badge = mount(StatusBadge, { props: { status } })
    expect(badge.attributes('aria-busy')).toBe(busy)
  })

  it('follows a change of status', async () => {
    const badge = mount(StatusBadge, { props: { status: 'queued' } })
    await badge.setProps({ status: 'failed' })
    expect(badge.text()).toBe('Failed')
    expect(badge.classes()).toContain('text-red-800')
  })
})
