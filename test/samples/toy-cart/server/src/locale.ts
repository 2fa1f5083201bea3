export const LOCALE = 'de'
