// The YAML language service as a file of the console's own, as for Monaco's own worker.
import 'monaco-yaml/yaml.worker.js'
