/** A rule's answer. `na`: nothing to judge (never a pass). `inconclusive`: the evidence is missing or cannot be read (never a pass). */
export type Check = 'pass' | 'fail' | 'na' | 'inconclusive'
