/** Drawings for buttons, 24 by 24, in the colour of the text. */

const icon = (paths: string): string =>
  `<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="1.9" stroke-linecap="round" stroke-linejoin="round">${paths}</svg>`;

export const ICONS = {
  paint: icon('<path d="M20.5 3.5 11 13M8.5 13.500a3.700 3.700 0 0 0-3.600 4c0 1.500-.7 2.500-2 3 1.400.6 3 .9 4.500.7a4 4 0 0 0 3.500-4.700 3.100 3.100 0 0 0-2.400-3z"/>'),
  erase: icon('<path d="m8 20-4.300-4.300a1.800 1.800 0 0 1 0-2.500L13 4a1.800 1.800 0 0 1 2.500 0l4.700 4.700a1.800 1.800 0 0 1 0 2.500L11.500 20zM20 20H8M8.500 8.500l7.200 7.200"/>'),
  turn: icon('<path d="M3 12c0-2.200 4-4 9-4s9 1.800 9 4-4 4-9 4"/><path d="m15 13-3 3 3 3"/>'),
  move: icon('<path d="M12 3v18M3 12h18M9 6l3-3 3 3M9 18l3 3 3-3M6 9l-3 3 3 3M18 9l3 3-3 3"/>'),
  undo: icon('<path d="M8 5 4 9l4 4M4 9h10a6 6 0 0 1 0 12h-3"/>'),
  redo: icon('<path d="m16 5 4 4-4 4M20 9H10a6 6 0 0 0 0 12h3"/>'),
  mirror: icon('<path d="M12 3v18" stroke-dasharray="2.500 3"/><path d="M9 7 3.500 17H9zM15 7l5.500 10H15z"/>'),
  clear: icon('<path d="M4 7h16M10 11v6M14 11v6M6 7l1 12a2 2 0 0 0 2 2h6a2 2 0 0 0 2-2l1-12M9 7V5a2 2 0 0 1 2-2h2a2 2 0 0 1 2 2v2"/>'),
  whole: icon('<circle cx="12" cy="4.500" r="2.300"/><path d="M12 8.500v6M7 10.500l5-2 5 2M12 14.500 9 21M12 14.500l3 6.500"/>'),
  head: icon('<circle cx="12" cy="9" r="5.500"/><path d="M5.500 21c.6-3.500 3-5 6.500-5s5.900 1.500 6.500 5"/>'),
  hands: icon('<path d="M7 12V6.500a1.400 1.400 0 0 1 2.800 0V11M9.800 10.500v-6a1.400 1.400 0 0 1 2.800 0v6M12.600 10.500V5.500a1.400 1.400 0 0 1 2.800 0V12M15.400 9a1.400 1.400 0 0 1 2.800 0v5.500c0 4-2.400 6.500-6 6.500-3 0-4.700-1.300-6-3.800l-2-3.800a1.400 1.400 0 0 1 2.400-1.400L8 14"/>'),
  feet: icon('<path d="M8 3v7c0 2-3.500 4.500-3.500 7.200A2.800 2.800 0 0 0 7.300 20H18a2.500 2.500 0 0 0 .6-4.900c-3-.8-4.600-2.300-4.600-5.100V3"/>'),
  closer: icon('<circle cx="10.500" cy="10.500" r="6.500"/><path d="m20.500 20.500-5.200-5.200M10.500 7.500v6M7.500 10.500h6"/>'),
  further: icon('<circle cx="10.500" cy="10.500" r="6.500"/><path d="m20.500 20.500-5.200-5.200M7.500 10.500h6"/>'),
  cube: icon('<path d="m12 3 8 4.500v9L12 21l-8-4.500v-9zM12 12l8-4.500M12 12v9M12 12 4 7.500"/>'),
  flat: icon('<rect x="4" y="3" width="16" height="18" rx="2.500"/><circle cx="12" cy="8" r="1.800"/><path d="M12 10.500v4M9 12l3-1.300 3 1.300M12 14.500l-1.800 3.500M12 14.500l1.800 3.500"/>'),
  list: icon('<path d="M9 6h11M9 12h11M9 18h11M4.500 6h.01M4.500 12h.01M4.500 18h.01"/>'),
  search: icon('<circle cx="10.500" cy="10.500" r="6.500"/><path d="m20.500 20.500-5.200-5.200"/>'),
  cross: icon('<path d="M6 6l12 12M18 6 6 18"/>'),
  trigger: icon('<circle cx="12" cy="12" r="7"/><circle cx="12" cy="12" r="2.200" fill="currentColor"/>'),
  needle: icon('<path d="M20 4 10.500 13.500"/><circle cx="8" cy="16" r="3"/>'),
};
