/** Columns and a line across them: figures against an average. */
export function Logo() {
  return (
    <svg width="20" height="16" viewBox="0 0 20 16" aria-hidden="true" focusable="false">
      <path fill="var(--chart-plan, #8793a0)" d="M2 7h4v8H2zM8 2h4v13H8zM14 5h4v10h-4z" />
      <path fill="currentColor" d="M0 8.5h20V11H0z" />
    </svg>
  );
}
