/** Entry point of the drift library: finds differences between two tokenizers, judges them and reports them. */
export { judge, judgeInSteps, type JudgeOptions, type JudgeStep, type NamedText } from './judge';
export { readSource, readTokenizerFile, type TokenizerSource } from './source';
export type { FileFields } from '../tokenizers/files/file-fields';
export { identifyTokenizer, type Identification, type KnownVocabularies } from './identify';
export { explainVerdict, type Explanation } from './explain';
export type { TextReading } from './text/read';
export { sideBySide, type SideBySide } from './text/side-by-side';
export { driftReportGitHub } from './report-github';
export { fingerprintOf as fingerprint, type FingerprintedSide } from './fingerprint/fingerprint';
export {
	baselineOf,
	baselineReportGitHub,
	baselineReportMarkdown,
	baselineReportText,
	compareWithBaseline,
	parseBaseline,
	type Baseline,
	type BaselineDifference,
	type BaselineReport
} from './fingerprint/baseline';
export { driftReportJson } from './report-json';
export { driftReportMarkdown } from './report-markdown';
export { driftReportText } from './report-text';
export { VERDICTS } from './types';
export type * from './types';
