export { damageWords } from '../../analysis/damage/words';
