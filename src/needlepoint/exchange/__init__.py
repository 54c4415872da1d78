"""Between Needlepoint and the world: case files, FHIR, answers as JSON, pages and paper. It translates and never decides."""
