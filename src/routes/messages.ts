export const NO_SUCH_PAGE = 'There is no page at this address.';

export const describeFailedPage = (reason: string): string =>
	`This page could not be shown (${reason}). Your text is kept.`;
