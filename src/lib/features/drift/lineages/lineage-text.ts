import { downloadCorpus } from '../../../session/downloads/corpora';
import { downloadLanguageTexts } from '../../../session/downloads/language-texts';

/**
 * Downloads a text that the versions were counted on.
 * @param code of the declaration; `null` for the file of code
 * @throws DownloadError if the network or the server fails
 */
export async function loadLineageText(code: string | null): Promise<string> {
	if (code === null) return downloadCorpus('code');
	const [declaration] = (await downloadLanguageTexts([code])).values();
	return declaration.text;
}
