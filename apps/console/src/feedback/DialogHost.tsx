import { Fragment } from 'react'
import { useOpenDialogs } from './dialogs.ts'

/** Belongs inside the router and the live connection, which dialogs may use. */
export function DialogHost() {
  return useOpenDialogs().map(({ id, content }) => <Fragment key={id}>{content}</Fragment>)
}
