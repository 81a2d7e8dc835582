export { DAMAGE_FIGURES, damageWords } from '../../../drift/damage/words';
