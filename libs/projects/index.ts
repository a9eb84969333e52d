export { KeyProject, KeyProjectList, PressProject } from './key-project.entity.js';
export { Project, ProjectPlace, ProjectUnit, type CapitalType, type Programme } from './project.entity.js';
export { listProjects, type ProjectRow } from './project-queries.js';
export { ProjectsModule } from './projects.module.js';
export { registerKeyProjects, registerProjects, type NewProject } from './register.js';
