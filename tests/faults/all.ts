import { BROKEN_DOWNLOADS } from './broken-downloads';
import { BROKEN_STORAGE } from './broken-storage';
import type { Fault } from './fault';
import { KILLED_WORKERS } from './killed-workers';
import { POISON_TOKENIZERS } from './poisons';
import { CLOSED_TABS, TWO_TABS } from './tabs';
import { TAMPERED_LINKS } from './tampered-links';

/** Every row of the table, in order. */
export const FAULTS: readonly Fault[] = [
	...KILLED_WORKERS,
	BROKEN_DOWNLOADS,
	BROKEN_STORAGE,
	TWO_TABS,
	CLOSED_TABS,
	POISON_TOKENIZERS,
	TAMPERED_LINKS
];
