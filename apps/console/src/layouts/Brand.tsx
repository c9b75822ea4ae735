/** The mark of favicon.svg with the name; drawn here so that it follows the theme. */
export function Brand({ name }: { name: string }) {
  return (
    <svg viewBox="0 0 132 32" height="32" role="img" aria-label={name}>
      <rect x="9" y="3" width="20" height="15" rx="3" fill="#92c5f9" />
      <rect x="3" y="10" width="20" height="15" rx="3" fill="#0066cc" />
      <path
        d="M8.5 14.5l3 3-3 3M13.5 20.5h4.5"
        fill="none"
        stroke="#fff"
        strokeWidth="2"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
      <path d="M9 29h8" stroke="#0066cc" strokeWidth="2.5" strokeLinecap="round" />
      <text
        x="38"
        y="23"
        fill="var(--pf-t--global--text--color--regular)"
        fontFamily="var(--pf-t--global--font--family--heading)"
        fontSize="21"
        fontWeight="600"
      >
        {name}
      </text>
    </svg>
  )
}
