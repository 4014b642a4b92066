export { type MigrationReport, migrate } from './migrate.js';
