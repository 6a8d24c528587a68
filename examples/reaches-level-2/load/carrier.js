// The carrier sandbox as a program of its own, for the load test.
import { carrierSandbox } from '../test/integration/sandbox.js'

carrierSandbox().listen(Number(process.env.PORT ?? 8081), '127.0.0.1')
