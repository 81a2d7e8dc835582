import { TRAIN_SECTIONS, type TrainSection, type TrainViewLink } from '../../session/links/train';

/** How the page shows a training. */
export class TrainView {
	/** The open sections, in the order of the page's links. */
	open = $state.raw<readonly TrainSection[]>([]);
	/** Speed of playback. */
	speed = $state<TrainViewLink['speed']>('normal');
	/** What the vocabulary is searched for. */
	search = $state('');
	/** Order of the vocabulary. */
	order = $state<TrainViewLink['order']>('id');
	/** Whether the vocabulary lists only tokens that occur nowhere. */
	unused = $state(false);

	isOpen(section: TrainSection): boolean {
		return this.open.includes(section);
	}

	setOpen(section: TrainSection, open: boolean): void {
		if (open === this.isOpen(section)) return;
		this.open = TRAIN_SECTIONS.filter((one) => (one === section ? open : this.isOpen(one)));
	}
}
