export { CHECK_WORDS } from '../../analysis/drift/checks/words';
