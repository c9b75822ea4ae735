import '@patternfly/react-core/dist/styles/base.css'
import './main.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { RouterProvider } from 'react-router/dom'
import { ConfirmationHost } from './feedback/ConfirmationHost.tsx'
import { ToastHost } from './feedback/ToastHost.tsx'
import { startI18n } from './i18n.ts'
import { createQueryClient } from './live/query-client.ts'
import { followOtherTabs } from './live/session.ts'
import { createRouter } from './routes.tsx'
import { startTheme } from './theme/theme.ts'

startTheme()
await startI18n()

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')

const queryClient = createQueryClient()
followOtherTabs(queryClient)

createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={createRouter()} />
      <ToastHost />
      <ConfirmationHost />
    </QueryClientProvider>
  </StrictMode>,
)
