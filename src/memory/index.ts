export { MemoryModule } from './memory.module.js';
export { MemoryManager } from './memory-manager.js';
export type { MemorySnapshot } from './memory-snapshot.js';
export { PressureGuard } from './pressure.guard.js';
export { PRESSURES, type Pressure, type PressureListener } from './pressure.js';
