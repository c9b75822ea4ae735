import { memo } from 'react'
import { splitMatches } from './log-search.ts'

/** A line with what was searched for marked in it. */
export const LogText = memo(function LogText({ text, query }: { text: string; query: string }) {
  if (query === '') return text
  return splitMatches(text, query).map((piece, index) =>
    // Pieces have no other identity than their place.
    // oxlint-disable-next-line react/no-array-index-key
    index % 2 === 1 ? <mark key={index}>{piece}</mark> : piece,
  )
})
