'use strict';const chunkYE7U5NVP=require('./chunk12.cjs'),evidence=require('./evidence.cjs'),core=require('./core.cjs');require('./policy.cjs');var x="docs/production-readiness.md",Q=`# Production readiness

Tick what is done, and say whose word that is, at the end of the line or indented below it:

\`\`\`
- [x] **Rate limiting**: 100 requests a second (by @ada, 2026-11-01, evidence: docs/limits.md, until 2027-05-01)
\`\`\`

The evidence is a file of this repository or an https address. A tick that lacks any of the four, or has run out, is open.
Items marked \`measured\` in this file's source are judged by certify and cannot be ticked. \`(progress)\`, the list after the
certificate, and what the certificate itself makes true are shown and hold nothing back. Take out what does not apply here.

## 1. Functional Requirements

### Core Functionality
- [ ] **Core Processing**: Complete parsing and analysis capabilities
- [ ] **SDK Integration**: Clients and automation work through the SDK
- [ ] **Workflow Orchestration**: Workflow management and coordination
- [ ] **Cross-Component Integration**: Seamless data flow between components <!-- measured -->

### API Functionality
- [ ] **REST API Endpoints**: All required endpoints implemented
- [ ] **Authentication/Authorization**: Secure access control
- [ ] **Data Validation**: Input/output validation and sanitization
- [ ] **Error Handling**: Graceful error responses and recovery

### User Interface
- [ ] **CLI Interface**: Command-line tools for all operations
- [ ] **Web Interface**: Web-based management interface (if applicable)
- [ ] **API Documentation**: Interactive API documentation
- [ ] **User Documentation**: Comprehensive user guides

## 2. Performance Standards

### Response Time Requirements
- [ ] **API Response Time**: < 200ms for 95th percentile <!-- measured -->
- [ ] **Analysis Time**: < 30 seconds for 100K LOC
- [ ] **Graph Operations**: < 5 seconds for 10K nodes
- [ ] **Concurrent Processing**: Support for 100+ concurrent users

### Throughput Requirements
- [ ] **API Throughput**: > 1000 requests/second <!-- measured -->
- [ ] **File Processing**: > 1000 files/minute
- [ ] **Data Processing**: > 10MB/second sustained
- [ ] **Batch Operations**: > 100 operations/minute

### Resource Utilization
- [ ] **CPU Utilization**: < 80% under normal load
- [ ] **Memory Usage**: < 16GB for typical workloads
- [ ] **Storage I/O**: < 1000 IOPS under normal load
- [ ] **Network Bandwidth**: < 100Mbps sustained

## 3. Security Compliance

### Authentication & Authorization
- [ ] **Multi-Factor Authentication**: MFA support implemented
- [ ] **Role-Based Access Control**: RBAC system in place
- [ ] **Session Management**: Secure session handling
- [ ] **Password Policies**: Strong password requirements

### Data Protection
- [ ] **Encryption at Rest**: All sensitive data encrypted
- [ ] **Encryption in Transit**: TLS 1.3 for all communications
- [ ] **Data Anonymization**: PII protection mechanisms
- [ ] **Backup Encryption**: Encrypted backup storage

### Security Monitoring
- [ ] **Intrusion Detection**: Real-time threat monitoring
- [ ] **Audit Logging**: Comprehensive security event logging
- [ ] **Vulnerability Scanning**: Regular security assessments <!-- measured -->
- [ ] **Incident Response**: Security incident procedures

### Compliance Standards
- [ ] **OWASP Top 10**: Protection against common vulnerabilities
- [ ] **SOC 2 Type II**: Security controls compliance
- [ ] **GDPR Compliance**: Data privacy requirements (if applicable)
- [ ] **Industry Standards**: Relevant industry security standards

## 4. Operational Readiness

### Infrastructure Requirements
- [ ] **High Availability**: 99.9% uptime capability
- [ ] **Load Balancing**: Distributed load handling
- [ ] **Auto-Scaling**: Automatic resource scaling
- [ ] **Disaster Recovery**: Backup and recovery procedures

### Monitoring & Alerting
- [ ] **Application Monitoring**: Real-time performance monitoring
- [ ] **Infrastructure Monitoring**: System resource monitoring
- [ ] **Log Aggregation**: Centralized logging system
- [ ] **Alert Management**: Automated alerting and escalation

### Deployment & Operations
- [ ] **CI/CD Pipeline**: Automated deployment pipeline
- [ ] **Configuration Management**: Environment configuration
- [ ] **Database Management**: Production database setup
- [ ] **Secrets Management**: Secure credential handling

### Support & Maintenance
- [ ] **24/7 Support**: Production support procedures
- [ ] **Maintenance Windows**: Scheduled maintenance procedures
- [ ] **Change Management**: Production change procedures
- [ ] **Capacity Planning**: Resource planning and scaling

## 5. Documentation Completeness

### Technical Documentation
- [ ] **Architecture Documentation**: System design and architecture
- [ ] **API Documentation**: Complete API reference
- [ ] **Database Schema**: Data model documentation
- [ ] **Integration Guides**: Component integration documentation

### Operational Documentation
- [ ] **Deployment Guide**: Production deployment procedures
- [ ] **Configuration Guide**: System configuration reference
- [ ] **Monitoring Guide**: Monitoring and alerting setup
- [ ] **Troubleshooting Guide**: Problem resolution procedures

### User Documentation
- [ ] **User Manual**: End-user documentation
- [ ] **Administrator Guide**: System administration guide
- [ ] **Developer Guide**: Integration and development guide
- [ ] **FAQ**: Frequently asked questions

### Process Documentation
- [ ] **Incident Response**: Security and operational incident procedures
- [ ] **Change Management**: Production change procedures
- [ ] **Backup/Recovery**: Data backup and recovery procedures
- [ ] **Compliance Procedures**: Regulatory compliance procedures

## Certification checklist

### Pre-Certification Requirements
- [ ] All sub-issues completed and validated
- [ ] Code quality standards met
- [ ] Test coverage > 90% <!-- measured -->
- [ ] Security vulnerabilities addressed <!-- measured -->
- [ ] Performance benchmarks met <!-- measured -->
- [ ] Documentation complete <!-- measured -->
- [ ] Production infrastructure ready
- [ ] Operational procedures established

### Certification Process
- [ ] Technical review completed
- [ ] Security audit passed
- [ ] Performance testing passed <!-- measured -->
- [ ] Operational readiness verified
- [ ] Documentation approved
- [ ] Stakeholder sign-off obtained (progress)
- [ ] Certification issued
- [ ] Production deployment authorized

### Post-Certification Requirements
- [ ] Continuous monitoring implemented
- [ ] Regular security assessments scheduled
- [ ] Performance monitoring active
- [ ] Incident response procedures active
- [ ] Change management procedures active
- [ ] Compliance monitoring active
- [ ] Certification renewal scheduled

## Certification roadmap (progress)

### Phase 1: Foundation Validation
- [ ] **Dependency Audit**: Validate completion of all sub-issues
- [ ] **Code Quality Assessment**: Comprehensive code review
- [ ] **Test Suite Validation**: Execute all existing tests <!-- measured -->
- [ ] **Documentation Review**: Audit existing documentation

### Phase 2: Security & Performance
- [ ] **Security Assessment**: Professional security audit
- [ ] **Performance Benchmarking**: Establish performance baselines
- [ ] **Vulnerability Remediation**: Address security findings <!-- measured -->
- [ ] **Performance Optimization**: Address performance issues

### Phase 3: Production Preparation
- [ ] **Infrastructure Setup**: Deploy production environment
- [ ] **Monitoring Implementation**: Setup monitoring and alerting
- [ ] **Operational Procedures**: Establish operational processes
- [ ] **Documentation Completion**: Complete all documentation

### Phase 4: Final Certification
- [ ] **End-to-End Testing**: Complete system validation <!-- measured -->
- [ ] **Certification Review**: Final certification assessment
- [ ] **Sign-off Process**: Stakeholder approval
- [ ] **Production Go-Live**: System production deployment
`;var Me=[["Cross-Component Integration: Seamless data flow between components","criterion:service_communication"],["API Response Time: < 200ms for 95th percentile","api_response_time < 200 ms"],["API Throughput: > 1000 requests/second","api_throughput > 1000"],["Vulnerability Scanning: Regular security assessments","evidence:security"],["Test coverage > 90%","test_coverage > 90%"],["Security vulnerabilities addressed","criterion:security_score"],["Performance benchmarks met","criterion:performance_compliance"],["Documentation complete","criterion:documentation_completeness"],["Performance testing passed","criterion:service_performance"],["Test Suite Validation: Execute all existing tests","tests.passed:component"],["Vulnerability Remediation: Address security findings","criterion:security_score"],["End-to-End Testing: Complete system validation","criterion:end_to_end_validation"]],A={metrics:["  production_readiness: { checklists: [production_readiness] }","  # What a load test measures (here k6): `certify inspect FILE` shows the names of yours.","  api_response_time: { kind: value, level: service, unit: ms, sli: http_req_duration.p95 }","  api_throughput: { kind: value, level: service, unit: 1/s, sli: http_reqs.rate }"],rest:["checklists:","  production_readiness:",`    source: ${x}`,"    # Judged by certify: no tick in the list would help. Every other item of the list is a person\u2019s word.","    items:",...Me.map(([e,t])=>`      - { text: ${JSON.stringify(e)}, check: ${JSON.stringify(t)} }`),'      # Work that lives in issues: the number of the issue above it, or a list of them ("issues.closed: 12, 15").','      # - { text: All sub-issues completed and validated, check: "sub_issues.closed: 7" }']},Y=`${["metrics:",...A.metrics,"",...A.rest].join(`
`)}
`;var De={component:[["tests","a test report"],["coverage","coverage"],["performance","a benchmark or load test"],["security","a security scan"]],integration:[["tests","a report of integration tests"],["coverage","their coverage"]]};function S(e,t,n){let r=o=>t.some(s=>s.kind===o&&s.level===e);return [...De[e].flatMap(([o,s])=>r(o)?[]:[s]),...e==="component"&&!n?["a README.md"]:[]]}function D(e){return e.length<2?e.join(""):`${e.slice(0,-1).join(", ")} and ${e.at(-1)}`}var Fe=["ns","us","\xB5s","ms","s","min"],Ne=["req/s","ops/s","rps","files/s"],Ke=[/\.p\(?95\)?$/,/\.p\(?99\)?$/,/\.mean$|\.avg$/,/\.med(?:ian)?$|\.p50$/];function ee({measurements:e}){let t=e.filter(({name:s})=>/^http_req_duration\.p\(?95\)?$/.test(s));if(t.length>0)return [Z(t[0]),{sli:"http_req_failed.rate",pass:"< 1%",measured:""}];let n=[],r=new Set;for(let s of Ke)for(let a of e){let i=a.name.replace(/\.[^.]+$/,"");!s.test(a.name)||!Fe.includes(a.unit??"")||r.has(i)||!(a.value>0)||(r.add(i),n.push(Z(a)));}let o=e.filter(({unit:s,value:a})=>Ne.includes(s??"")&&a>0);return [...n,...o.map(({name:s,value:a,unit:i})=>({sli:s,pass:`> ${te(a/2,"below")} ${i}`,measured:`${ne(a)} ${i}`}))].slice(0,3)}function Z({name:e,value:t,unit:n}){let r=n==="\xB5s"?"us":n??"";return {sli:e.replace(/\.p\((\d+)\)$/,".p$1"),pass:`< ${te(t*2,"above")}${r}`,measured:`${ne(t)} ${r}`}}function te(e,t){let n=Math.floor(Math.log10(e)),r=[1,2,5,10].map(s=>+`${s}e${n}`),o=t==="above"?r.find(s=>s>=e):r.findLast(s=>s<=e);return re(o??e)}function ne(e){return re(Number(e.toPrecision(3)))}function re(e){return e.toLocaleString("en-US",{useGrouping:!1,maximumFractionDigits:9})}function $(e){return /^[A-Za-z_][\w./-]*$/.test(e)&&!/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(e)?e:JSON.stringify(e)}function F(e){return e.length===1?$(e[0]):`[${e.map($).join(", ")}]`}function w(e){return e.replace(/[^\P{C}]/gu," ").slice(0,200)}var qe=`https://raw.githubusercontent.com/${chunkYE7U5NVP.g}/v1/schema/certification.schema.json`,N=10,He=[{name:"test_coverage",level:"component",kinds:["coverage","tests"],from:["component"]},{name:"performance_compliance",level:"component",kinds:["performance"],from:["component","integration"]},{name:"security_score",level:"component",kinds:["security"],from:["component","integration"]},{name:"integration_test_coverage",level:"integration",kinds:["coverage","tests"],from:["integration"]},{name:"service_test_coverage",level:"service",kinds:["coverage","tests"],from:["service"]},{name:"service_performance",level:"service",kinds:["performance"],from:["service","system"]},{name:"service_security",level:"service",kinds:["security"],from:["service","system"]},{name:"system_test_coverage",level:"system",kinds:["coverage","tests"],from:["system"]}],Ge={component:"Level 1, component: the parts by themselves.",integration:"Level 2, integration: the parts together, and with their neighbours.",service:"Level 3, service: what callers are promised.",system:"Level 4, system: whole journeys."};function oe(e,t,n=null){let r=[`# yaml-language-server: $schema=${qe}`,"# What a change must show before it may go on. Everything not written here has a default: docs/configuration.md of certify.","version: 1","",...We(e,t)],s=[...core.t.map(a=>Ue(a,e,t)),n?.metrics??[]].filter(a=>a.length>0);return s.length>0&&r.push("metrics:",...s.flatMap((a,i)=>i===0?a:["",...a]),""),n!==null&&r.push(...n.rest,""),e.some(a=>a.kind==="security")&&r.push(...Xe()),`${r.join(`
`).trimEnd()}
`}function We(e,t){let[n,r]=[S("component",e,t),S("integration",e,t)],o=["# Pull requests, merge groups and pushes must reach level 2."];return n.length>0&&o.push(`# Level 1 still lacks ${D(n)}.`),r.length>0&&(o.push(`# Level 2 still lacks ${D(r)}. Until they are there you may aim at level 1:`),o.push("# target: { pull_request: 1, merge_group: 1, push: 1, local: 1 }")),[...o,""]}function Ue(e,t,n){let r=He.filter(s=>s.level===e).flatMap(s=>Be(s,t)),o=t.filter(s=>s.level===e);return e==="service"&&r.push(...Je(o)),e==="component"&&n&&(r.push("  documentation_completeness:","    # What must a reader find? min_words: 100, headings: [Use, Tests]"),r.push("    documents: [{ path: README.md }]")),e==="integration"&&r.length>0&&r.push(...Ve(o)),r.length===0?[]:[`  # ${Ge[e]}`,...r]}function Be({name:e,kinds:t,from:n},r){let o=r.filter(a=>t.includes(a.kind)&&n.includes(a.level));if(o.length===0)return [];let s=`    evidence: ${F(o.map(a=>a.path))}`;return [`  ${e}:`,s,...t.includes("performance")?ze(o):[]]}function ze(e){let t=e.flatMap(({lying:r})=>r?.stated??[]);if(t.length>0)return ["    # The load test's own limits count, so none is proposed. Objectives written here take their place: name each, none looser.",...t.slice(0,N).map(r=>`    # - ${w(r)}`),...t.length>N?[`    # and ${t.length-N} more`]:[]];let n=e.flatMap(({lying:r})=>r===null?[]:ee(r));return n.length===0?["    # Name what is promised; `certify inspect FILE` shows what a report measures. Without objectives k6's own thresholds count.",'    # objectives: [{ sli: http_req_duration.p95, pass: "< 500ms" }]']:["    # Limits to start from, twice what was measured: yours to say.","    objectives:",...n.map(({sli:r,pass:o,measured:s})=>`      - { sli: ${$(r)}, pass: ${JSON.stringify(o)} }${s===""?"":` # ${w(s)}`}`)]}function Je(e){let t=e.filter(n=>n.lying?.events===!0);return t.length===0?[]:["  service_reliability:",`    evidence: ${F(t.map(n=>n.path))}`]}function Ve(e){let t=[...new Set(e.flatMap(n=>n.lying?.suites??[]))].slice(0,8);return ["  # Which tests prove which neighbour? Without points, all integration tests count for each of these.",...t.length===0?[]:[`  # Suites found: ${w(t.join(" \xB7 "))}`],'  # service_communication: { points: [{ id: shop to stock, tests: "SUITE" }] }','  # external_integration: { points: [{ id: payment provider, tests: "SUITE" }] }','  # database_integration: { points: [{ id: orders, tests: "SUITE" }] }']}function Xe(){return ['# A security score of 100, the default limit, means nothing open at all. ">= 90%" lets findings of low severity pass:','# certification_levels: { level_1: { validation_criteria: { security_score: ">= 90%" } } }']}var W=core.am(core.aQ(),1);var Qe={checkout:"actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd # v6.0.2",node:"actions/setup-node@48b55a011bda9f5d6aeb4c2d9c7362e8dae4041e # v6",python:"actions/setup-python@a309ff8b426b58ec0e2a45f0f869d46889d02405 # v6.2.0",java:"actions/setup-java@f2beeb24e141e01a676f977032f5a29d81c9e27e # v5.1.0",go:"actions/setup-go@4dc6199c7b1a012772edbd06daecab0f50c9053c # v6.1.0",dotnet:"actions/setup-dotnet@d4c94342e560b34958eacfc5d055d21461ed1c5d # v5.0.0",upload:"actions/upload-artifact@b7c566a772e6b6bfb58ed0dc250532a479d7789f # v6.0.0",download:"actions/download-artifact@37930b1c2abaa49bbe596cd826c3c89aef350131 # v7.0.0"};function f(e){return Qe[e]}var p={reports:[],setup:[],steps:[],notes:[]},se=[".github/workflows/*.{yml,yaml}","*.sh","{scripts,ci,.ci,bin,tools}/*.sh","Makefile","package.json","{package-lock.json,npm-shrinkwrap.json,yarn.lock,pnpm-lock.yaml,.nvmrc,.node-version}","{jest,vitest,vite}.config.{js,ts,mjs,cjs,mts,json}","{.c8rc,.c8rc.json,.nycrc,.nycrc.json}","{pyproject.toml,pytest.ini,setup.cfg,tox.ini,.coveragerc,requirements.txt,requirements-dev.txt,.python-version}","{tests,test}/{test_*,*_test,conftest}.py","{pom.xml,mvnw,build.gradle,build.gradle.kts,gradlew,settings.gradle,settings.gradle.kts}","{go.mod,Cargo.toml,.config/nextest.toml,global.json}","{*,*/*,*/*/*}.{csproj,sln,slnx}","{.bandit,bandit.yaml,.semgrep.yml,.semgrep.yaml,semgrep.yml,semgrep.yaml,trivy.yaml,.secretlintrc.json,.secretlintrc.yml}","{load,loadtest,load-test,load-tests,perf,performance,k6}/*.{js,ts}","{test,tests}/{load,perf,performance,k6}/*.{js,ts}","README.md"];function ie({texts:e}){return e.has("go.mod")?{reports:[{path:"cover.out",kind:"coverage",by:"go.mod"}],setup:[{uses:f("go"),with:{"go-version-file":"go.mod"}}],steps:[{run:"go test -coverprofile=cover.out ./..."}],notes:["go test writes no test report: gotestsum --junitfile junit.xml -- -coverprofile=cover.out ./... does."]}:p}function ae({texts:e}){let t=[...e.keys()].find(r=>/\.(?:csproj|sln|slnx)$/.test(r));if(t===void 0)return p;let n=[...e.values()].some(r=>r.includes("coverlet.collector"));return {reports:[{path:"TestResults/**/*.trx",kind:"tests",by:t},{path:"TestResults/**/coverage.cobertura.xml",kind:"coverage",by:t}],setup:[{uses:f("dotnet"),with:e.has("global.json")?{"global-json-file":"global.json"}:{"dotnet-version":"10.0.x"}}],steps:[{run:'dotnet test --logger trx --results-directory TestResults --collect "XPlat Code Coverage"'}],notes:n?[]:["Coverage needs the package coverlet.collector in the test projects."]}}function ce({texts:e}){if(!e.has("Cargo.toml"))return p;let t=e.get(".config/nextest.toml"),n=t===void 0?null:/\[profile\.([\w-]+)\.junit\]\s*\n(?:[^[]*\n)?\s*path\s*=\s*"([\w./-]+)"/.exec(t);if(t===void 0||n===null)return {...p,steps:[{run:"cargo test"}],notes:["cargo test writes no report: cargo-nextest (junit in .config/nextest.toml) and cargo-llvm-cov (--lcov) do."]};let[,r,o]=n;return {reports:[{path:`target/nextest/${r}/${o}`,kind:"tests",by:".config/nextest.toml"},{path:"lcov.info",kind:"coverage",by:"cargo-llvm-cov"}],setup:[{run:"cargo install --locked cargo-nextest cargo-llvm-cov"}],steps:[{run:`cargo llvm-cov nextest --profile ${r} --lcov --output-path lcov.info`}],notes:[]}}var le=[{uses:f("java"),with:{distribution:"temurin","java-version":"21"}}];function pe({texts:e}){let t=e.get("pom.xml");if(t===void 0)return p;let n=o=>t.includes(o),r=(o,s,a,i)=>({path:o,kind:s,by:`pom.xml, ${a}`,...i&&{level:i}});return {reports:[r("**/target/surefire-reports/TEST-*.xml","tests","Surefire"),...n("maven-failsafe-plugin")?[r("**/target/failsafe-reports/TEST-*.xml","tests","Failsafe","integration")]:[],...n("jacoco-maven-plugin")?[r("**/target/site/jacoco/jacoco.xml","coverage","JaCoCo")]:[],...n("jacoco-maven-plugin")&&n("prepare-agent-integration")?[r("**/target/site/jacoco-it/jacoco.xml","coverage","JaCoCo","integration")]:[]],setup:le,steps:[{run:e.has("mvnw")?"./mvnw -B verify":"mvn -B verify"}],notes:n("jacoco-maven-plugin")?[]:["pom.xml has no jacoco-maven-plugin, which measures coverage."]}}function ue({texts:e}){let t=e.get("build.gradle")??e.get("build.gradle.kts");if(t===void 0||e.has("pom.xml"))return p;let n=/\bjacoco\b/.test(t),r=e.has("gradlew")?"./gradlew":"gradle",o="build.gradle",s=/xml\.required|xml\s*\{|required\.set\(true\)|xml\.enabled/.test(t);return {reports:[{path:"**/build/test-results/**/TEST-*.xml",kind:"tests",by:o},...n?[{path:"**/build/reports/jacoco/**/*.xml",kind:"coverage",by:`${o}, JaCoCo`}]:[]],setup:le,steps:[{run:`${r} build${n?" jacocoTestReport":""}`}],notes:[...n?[]:["build.gradle does not apply the plugin jacoco, which measures coverage."],...n&&!s?["JaCoCo writes XML only with jacocoTestReport { reports { xml.required = true } } in build.gradle."]:[]]}}var y=String.raw`["']?([\w.$\{}*\/-]+)["']?`,Ye=[[new RegExp(`--junit-?xml[= ]${y}`,"g"),"tests"],[new RegExp(`--junitfile[= ]${y}`,"g"),"tests"],[new RegExp(String.raw`--outputFile(?:\.junit)?[= ]${y}`,"g"),null],[new RegExp(`--test-reporter-destination[= ]${y}`,"g"),null],[new RegExp(`--cov-report[= ](?:xml|lcov):${y}`,"g"),"coverage"],[new RegExp(String.raw`\bcoverage (?:xml|lcov)\b[^\n;&|]*? -o[= ]?${y}`,"g"),"coverage"],[new RegExp(`-coverprofile[= ]${y}`,"g"),"coverage"],[new RegExp(String.raw`--(?:lcov|cobertura)\b[^\n;&|]*? --output-path[= ]${y}`,"g"),"coverage"],[new RegExp(`--summary-export[= ]${y}`,"g"),"performance"],[new RegExp(String.raw`\bhyperfine\b[^\n;&|]*? --export-json[= ]${y}`,"g"),"performance"],[new RegExp(String.raw`\bnpm audit\b[^\n;&|]*? --json[^\n;&|>]*> ?${y}`,"g"),"security"],[new RegExp(String.raw`\bsarif\b[^\n;&|]*? (?:--output|--output-file|--report-path|--out|-o|-r)[= ]${y}`,"gi"),"security"],[/\b(?:--output|--output-file|--out|-o)[= ]["']?([\w.${}*/-]+\.sarif)["']?/g,"security"]];function K(e){let t=e.slice(e.lastIndexOf("/")+1).toLowerCase();return /\.sarif(?:\.json)?$|^npm-audit\.json$|^trivy[\w.-]*\.json$/.test(t)?"security":/lcov|cobertura|clover|jacoco|^cov(?:er|erage)[\w.-]*\.(?:xml|out|json)$/.test(t)?"coverage":/junit|^test-|\.trx$|^ctrf|test-?results/.test(t)?"tests":/k6|hyperfine|^benchmarks?\.json$/.test(t)?"performance":null}function v(e){let n=e.slice(0,2e5).replace(/\\\r?\n\s*/g," ").split(`
`).map(o=>o.slice(0,2e3)).join(`
`),r=new Map;for(let[o,s]of Ye)for(let a of n.matchAll(o)){let i=q(a[1]),u=s??(i===null?null:K(i));i!==null&&u!==null&&!r.has(i)&&r.set(i,u);}return [...r].map(([o,s])=>({path:o,kind:s}))}function q(e){let t=e.replace(/\$\{\{[^}]*\}\}|\$\{[^}]*\}|\$\w+/g,"*").replace(/^\.\//,"");return !/^[\w.*/-]{1,200}$/.test(t)||t.startsWith("/")||t.startsWith("-")||t.split("/").includes("..")||!/\.\w+$/.test(t)||t.startsWith("*")?null:t}var Ze=["test:ci","ci","test","reports","report","coverage"];function de({texts:e}){let t=nt(e.get("package.json"));if(t===null)return p;let n="package.json",r=Ze.find(c=>rt(t.scripts[c])),o=[{uses:f("node"),with:ot(e)},...st(t,e)];if(r===void 0)return {...p,setup:o,notes:["package.json has no script that runs tests."]};let s=t.scripts[r],a=tt(t,s),i=a===null?null:et[a](t,s,e),u=r==="test"?"npm test":`npm run ${r}`,l=i?.flags??"";return {reports:[...v(s),...i?.reports??[]].map(c=>({...c,by:`${n}, ${a??r}`})),setup:o,steps:[{run:l===""?u:`${u} -- ${l}`}],notes:i?.notes??[]}}var j=(e,t)=>({path:e,kind:t,by:""}),et={jest({packages:e,jest:t,jestJunit:n},r,o){let s=`${t}${H(o,"jest")}`,a=/coverageDirectory["']?\s*:\s*["']([\w./-]+)["']/.exec(s)?.[1]??"coverage",i=e.has("jest-junit"),u=[n.outputDirectory,n.outputName??"junit.xml"].filter(d=>typeof d=="string").join("/"),l=/collectCoverage["']?\s*:\s*true/.test(s)||r.includes("--coverage"),c=/reporters/.test(s)||r.includes("--reporters");return {reports:[j(`${a}/lcov.info`,"coverage"),...i?[j(u,"tests")]:[]],flags:[l?"":"--coverage",i&&!c?"--reporters=default --reporters=jest-junit":""].join(" ").trim(),notes:i?[]:["jest writes no test report by itself: npm install --save-dev jest-junit, then run init again."]}},vitest(e,t,n){let r=H(n,"vitest")+H(n,"vite"),o=/reportsDirectory\s*:\s*["']([\w./-]+)["']/.exec(r)?.[1]??"coverage",s=!/vitest run|--run\b/.test(t);return {reports:[j(`${o}/lcov.info`,"coverage"),j("reports/junit.xml","tests")],flags:`${s?"--run ":""}--coverage.enabled --coverage.reporter=lcov --reporter=default --reporter=junit --outputFile.junit=reports/junit.xml`,notes:["vitest needs @vitest/coverage-v8 to measure coverage."]}},node(e,t){return /--test-reporter/.test(t)?{reports:[],flags:"",notes:[]}:/--test\s*$/.test(t)?{reports:[j("lcov.info","coverage"),j("junit.xml","tests")],flags:"--experimental-test-coverage --test-reporter=lcov --test-reporter-destination=lcov.info --test-reporter=junit --test-reporter-destination=junit.xml",notes:[]}:{reports:[],flags:"",notes:["Node's test runner writes reports with --test-reporter=junit and --test-reporter=lcov in its script."]}}};function tt({packages:e},t){return /\bvitest\b/.test(t)?"vitest":/\bjest\b/.test(t)||/react-scripts test/.test(t)&&e.has("react-scripts")?"jest":/\bnode\b.*--test\b/.test(t)?"node":null}function nt(e){let t;try{t=JSON.parse(e??"");}catch{return null}let n=P(t);return {scripts:Object.fromEntries(Object.entries(P(n.scripts)).filter(([,o])=>typeof o=="string")),packages:new Set([...Object.keys(P(n.dependencies)),...Object.keys(P(n.devDependencies))]),jest:n.jest===void 0?"":JSON.stringify(n.jest),jestJunit:P(n["jest-junit"])}}function P(e){return typeof e=="object"&&e!==null&&!Array.isArray(e)?e:{}}function rt(e){return e!==void 0&&!/no test specified/.test(e)}function H(e,t){return [...e].flatMap(([n,r])=>n.startsWith(`${t}.config.`)?[r]:[]).join(`
`)}function ot(e){let t=[".nvmrc",".node-version"].find(n=>e.has(n));return t===void 0?{"node-version":"24"}:{"node-version-file":t}}function st({packages:e},t){return t.has("pnpm-lock.yaml")?[{run:"corepack enable && pnpm install --frozen-lockfile"}]:t.has("yarn.lock")?[{run:"corepack enable && yarn install --immutable"}]:t.has("package-lock.json")||t.has("npm-shrinkwrap.json")?[{run:"npm ci"}]:e.size===0?[]:[{run:"npm install",note:"with a lock file in git: npm ci"}]}var me=["pyproject.toml","pytest.ini","setup.cfg","tox.ini",".coveragerc"],it=["requirements-dev.txt","requirements.txt"];function fe({texts:e}){let t=me.map(c=>e.get(c)??"").join(`
`);if(!([...e.keys()].some(c=>c.endsWith(".py"))||/\bpytest\b/.test(t)))return p;let o=me.find(c=>/pytest/.test(e.get(c)??""))??"tests for pytest",s=v(t),[a,i]=["tests","coverage"].map(c=>s.some(d=>d.kind===c)),l=["pytest",...[a?"":"--junitxml=reports/junit.xml",i?"":`--cov${/--cov[= ]|source\s*=/.test(t)?"":"=."} --cov-report=xml:reports/coverage.xml`]].filter(c=>c!=="").join(" ");return {reports:[...s,...v(l)].map(c=>({...c,by:o})),setup:[{uses:f("python"),with:at(e)},ct(e)],steps:[{run:l}],notes:[]}}function at(e){return e.has(".python-version")?{"python-version-file":".python-version"}:{"python-version":'"3.13"'}}function ct(e){let t=it.find(r=>e.has(r)),n=/^\[(?:project|tool\.poetry)\]/m.test(e.get("pyproject.toml")??"")?" .":"";return {run:`pip install${t===void 0?"":` -r ${t}`}${n} pytest pytest-cov`}}function ge({texts:e}){if(!(e.has(".bandit")||e.has("bandit.yaml")||/^\[tool\.bandit\]/m.test(e.get("pyproject.toml")??"")))return p;let n=e.has("bandit.yaml")?" -c bandit.yaml":e.has(".bandit")?"":" -c pyproject.toml";return be("bandit","reports/bandit.sarif",['mkdir -p reports && pip install "bandit[toml]" bandit-sarif-formatter',`bandit -r .${n} -f sarif -o reports/bandit.sarif --exit-zero`])}function ye({texts:e}){let t=[".semgrep.yml",".semgrep.yaml","semgrep.yml","semgrep.yaml"].find(n=>e.has(n));return t===void 0?p:be("semgrep","reports/semgrep.sarif",["mkdir -p reports && pip install semgrep",`semgrep scan --config ${t} --sarif --output reports/semgrep.sarif`])}function he({texts:e}){return e.has("trivy.yaml")?{...p,notes:["trivy.yaml: run trivy fs --format sarif --output reports/trivy.sarif . in a step before certify."]}:p}function ve({texts:e}){let t=[...e].find(([,n])=>/from ['"]k6(?:\/\w+)?['"]/.test(n))?.[0];return t===void 0?p:{...p,notes:[`k6 run --summary-export k6-summary.json ${t} writes the figures that certify reads.`]}}function be(e,t,n){return {...p,reports:[{path:t,kind:"security",by:e}],steps:n.map(r=>({run:r}))}}var we=core.am(chunkYE7U5NVP.W(),1);var ke={bandit:"pip install bandit bandit-sarif-formatter",njsscan:"pip install njsscan",semgrep:"pip install semgrep",hyperfine:"sudo apt-get update && sudo apt-get install -y hyperfine",k6:'go install go.k6.io/k6@v0.57.0 && echo "$HOME/go/bin" >> "$GITHUB_PATH"'};function Re({texts:e}){let t=[...e].filter(([a,i])=>a.endsWith(".sh")&&/^[\w./-]+$/.test(a)&&lt(i)),[n]=t;if(n===void 0)return p;let[r,o]=n,s=Object.keys(ke).filter(a=>new RegExp(`(?:^|[\\s;&|(])${a} `,"m").test(o));return {...p,reports:t.flatMap(([a,i])=>v(i).map(u=>({...u,by:a}))),setup:s.map(a=>({run:ke[a]})),steps:[{run:`./${r}`}]}}function lt(e){return v(e).length>0||/--test-reporter-destination|--junit-?xml|--summary-export/.test(e)}function xe({texts:e}){let t=[...e].flatMap(([r,o])=>r.startsWith(".github/workflows/")?dt(o).map(s=>({path:r,step:s})):[]),n=t.filter(({step:r})=>r.run!==void 0&&pt(r.run)&&v(r.run).length>0);return {...p,reports:t.flatMap(({path:r,step:o})=>ut(o).map(s=>({...s,by:r}))),steps:[...new Set(n.map(({step:r})=>r.run.trim()))].map(r=>({run:r}))}}function pt(e){return !/\$\{\{|[^\P{Cc}\n]/u.test(e)&&e.length<500&&e.trim().split(`
`).length<=3}function ut({run:e,uses:t,with:n}){return e!==void 0?v(e):t?.startsWith("actions/upload-artifact@")!==!0?[]:(n?.path??"").split(`
`).flatMap(r=>{let o=q(r.trim()),s=o===null?null:K(o);return o===null||s===null?[]:[{path:o,kind:s}]})}function dt(e){let t;try{t=(0,we.parse)(e,{maxAliasCount:50});}catch{return []}let n=(s,a)=>typeof s=="object"&&s!==null?s[a]:void 0,r=n(t,"jobs");return (typeof r=="object"&&r!==null?Object.values(r).map(s=>n(s,"steps")):[]).flatMap(s=>Array.isArray(s)?s:[]).map(s=>({...typeof n(s,"run")=="string"?{run:n(s,"run")}:{},...typeof n(s,"uses")=="string"?{uses:n(s,"uses")}:{},with:{path:String(n(n(s,"with"),"path")??"")}}))}var mt=[de,fe,pe,ue,ie,ae,ce],ft=/(?:^|\/)(?:__?\w*fixtures?\w*|testdata|examples?|samples?|__tests__|golden|snapshots?|certify-report)\//i,gt="Nothing writes coverage: coverage/lcov.info is named for it. c8 and jest write it there with an lcov reporter, node --test with --experimental-test-coverage --test-reporter=lcov and that destination.",G=[/lcov/,/cobertura|coverage\.xml$/,/jacoco/,/clover/,/final/];function $e(e){let t=mt.map(c=>c(e)),n=xe(e),r=ht(e,t,n),o=r.reports.some(c=>c.kind==="security"),s=[ge,ye,he].map(c=>c(e)).filter(()=>!o),a=[r,...s],i=vt([...a,n].flatMap(c=>c.reports),e),u=yt(i,t[0]),l=i.some(c=>c.kind==="performance")?[]:ve(e).notes;return {reports:[...i,...u].sort((c,d)=>c.path<d.path?-1:1),setup:Se([...t.flatMap(c=>c.setup),...r.setup]),steps:Se(a.flatMap(c=>c.steps)),notes:[...new Set([...a.flatMap(c=>c.notes),...l,...u.map(()=>gt),...bt(i)])]}}function yt(e,t){let n=r=>e.some(o=>o.kind===r&&o.level==="component");return t===p||!n("tests")||n("coverage")?[]:[{path:"coverage/lcov.info",kind:"coverage",level:"component",by:"nothing writes it",lying:null}]}function ht(e,t,n){let r=Re(e),[o]=r.steps.map(i=>i.run.replace("./","")),s=e.texts.get("package.json")??"",a=o!==void 0&&t[0].steps.length>0&&s.includes(o);return n.steps.length>0?n:o!==void 0&&!a?r:{reports:[...t,r].flatMap(i=>i.reports),setup:r.setup,steps:t.flatMap(i=>i.steps),notes:t.flatMap(i=>i.notes)}}function vt(e,t){let n=wt(t.lying.filter(l=>!ft.test(l.path))),r=e.map(({path:l})=>(0,W.default)(l,{dot:!0})),o=e.flatMap((l,c)=>{let d=n.filter(h=>r[c](h.path)),g=l.level??d[0]?.level??t.levelOf(l.path)??"component";return d.length>0&&l.path.includes("*")&&new Set(d.map(h=>h.level)).size>1?[]:[{...l,kind:d[0]?.kind??l.kind,level:g,lying:d[0]??null}]}),s=l=>o.some(c=>(0,W.default)(c.path,{dot:!0})(l)),a=n.filter(l=>!s(l.path)).map(kt),i=[...o,...a].filter((l,c,d)=>d.findIndex(g=>g.path===l.path)===c),u=l=>i.some(c=>c.lying!==null&&c.kind===l.kind&&c.level===l.level);return i.filter(l=>l.lying!==null||!u(l)).sort((l,c)=>l.path<c.path?-1:1)}function bt(e){let t=e.filter(n=>n.lying?.tracked===!0);return t.length===0?[]:[`${t[0].path}${t.length>1?` and ${t.length-1} more`:""} in git: a committed report proves nothing in a workflow. git rm --cached, and .gitignore.`]}function kt(e){return {path:e.path,kind:e.kind,level:e.level??"component",by:"lies there",lying:e}}function wt(e){let t=({path:r})=>(G.findIndex(o=>o.test(r))+G.length+1)%(G.length+1),n=({path:r})=>r.slice(0,r.lastIndexOf("/")+1);return e.filter(r=>r.kind!=="coverage"||!e.some(o=>o!==r&&o.kind==="coverage"&&n(r).startsWith(n(o))&&o.level===r.level&&t(o)<t(r)))}function Se(e){let t=n=>JSON.stringify([n.uses,n.run]);return e.filter((n,r)=>e.findIndex(o=>t(o)===t(n))===r)}var je=`${chunkYE7U5NVP.g}@v1`,Pe=e=>`\${{ ${e} }}`;function Ce({setup:e,steps:t,notes:n},r){let o=[{uses:f("checkout")},...e,...t];return `${["name: Certify","on:","  pull_request:","  push:",`    branches: [${$(r)}]`,"  merge_group:","permissions:","  contents: read","jobs:","  certify:","    runs-on: ubuntu-latest","    permissions:","      contents: read","      actions: read","      checks: write","      pull-requests: write","    outputs:",`      record-digest: ${Pe("steps.certify.outputs.record-digest")}`,"    steps:",...o.flatMap(Rt),...t.length===0?["      # No tests were found: run what writes your reports here."]:[],...n.map(a=>`      # ${w(a)}`),"      - id: certify",`        uses: ${je}`,"        if: always()",`      - uses: ${f("upload")}`,"        if: always()","        with: { name: certify-report, path: certify-report }","","  # Keeps what came out on the branch certify-ledger, for later runs to be compared with.","  record:","    needs: certify","    if: always() && github.event_name == 'push' && needs.certify.outputs.record-digest != ''","    runs-on: ubuntu-latest","    permissions:","      contents: write","      actions: read","    steps:",`      - uses: ${f("download")}`,"        with: { name: certify-report, path: certify-report }",`      - uses: ${je}`,"        with:","          command: record",`          record-digest: ${Pe("needs.certify.outputs.record-digest")}`].join(`
`)}
`}function Rt({uses:e,with:t,run:n,note:r}){let o=r===void 0?"":` # ${w(r)}`,s=Object.entries(t??{}).map(([i,u])=>`${i}: ${u}`);if(e!==void 0)return [`      - uses: ${e}${o}`,...s.length===0?[]:[`        with: { ${s.join(", ")} }`]];let a=n.split(`
`);return a.length>1?[`      - run: |${o}`,...a.map(i=>`          ${i}`)]:[`      - run: ${xt(n)}${o}`]}function xt(e){return /^[A-Za-z./][^\n]*$/.test(e)&&!/: | #|:$|^\s|\s$/.test(e)?e:JSON.stringify(e)}function Ee(e,t=null){let n=$e(e),r=e.texts.has("README.md"),o=[{level:1,what:S("component",n.reports,r)},{level:2,what:S("integration",n.reports,r)}];return {config:oe(n.reports,r,t),workflow:Ce(n,e.defaultBranch),reports:n.reports,commands:n.steps.flatMap(s=>s.run??[]),lacking:o.filter(({what:s})=>s.length>0),notes:n.notes}}function Ae(e,t){let n=new core.ap(t),{reports:r,written:o,existing:s}=e;if(s.length>0){let i=`${s.join(" and ")} ${s.length===1?"is":"are"} there already: nothing was written`;n.item(`${n.mark(core.aq.fail)} `,2,core.as(i,300),core.aq.fail.tone),n.item("  \u2192 ",4,"certify init --dry-run shows them; certify init config, or workflow, writes that one alone");}else n.item(`${n.mark(core.aq.pass)} `,2,core.as(`wrote ${o.join(" and ")}`,300),core.aq.pass.tone);n.title(r.length===0?"No reports found":`${core.at(r.length,"report")} found`);let a=r.map(i=>({shown:i.lying===null?core.aq.pending:core.aq.pass,cells:[i.path,i.kind,i.level,i.lying===null?`${i.by}; not made yet`:i.by].map(u=>core.as(u,120))}));n.rows(a,40,2);for(let i of e.commands)n.item("  $ ",4,core.as(i.split(`
`).join("; "),200),"quiet");e.lacking.length+e.notes.length>0&&n.title("Still missing");for(let{level:i,what:u}of e.lacking)n.item("  \u2026 ",4,core.as(`level ${i}: ${u.join(", ")}`,300));for(let i of e.notes)n.item("  \xB7 ",4,core.as(i,300));if(e.toAdd!==null){n.title(core.as(`Add to ${e.toAdd.path}`,200));for(let i of e.toAdd.text.trimEnd().split(`
`))n.line(i);}return s.length===0&&(n.title("Next"),e.unowned.length>0&&n.item("  \u2192 ",4,core.as(`put the account that publishes your certify in place of OWNER in ${e.unowned.join(" and ")}`,300)),n.item("  \u2192 ",4,"run your tests, then: certify validate, certify evaluate"),n.item("  \u2192 ",4,"read both files: where a comment asks, the choice is yours")),n.toString()}var Ie=[".github/workflows/certify.yml",".github/workflows/certify.yaml"],St=["config","workflow","checklist"],$t=512*1024,jt=20;async function Vn(e,t){let n=Ct(e.operands[0]),r=core.p.find(m=>t.files.exists(m)),o=Ee(await At(t),n==="checklist"?A:null),[s,a]=[core.p[0],Ie[0]],i=Ie.find(m=>t.files.exists(m)),u=t.files.exists(x)?x:void 0,l=[{part:"config",path:s,there:r,text:o.config},{part:"workflow",path:a,there:i,text:o.workflow},{part:"checklist",path:x,there:u,text:Q}].filter(m=>Pt(n,m.part)||n==="checklist"&&m.part==="config"&&r===void 0),c=l.flatMap(({there:m})=>m??[]),d=!e.dryRun&&c.length===0;if(d)for(let{path:m,text:O}of l)t.files.write(m,O);let g=n==="checklist"&&r!==void 0?{path:r,text:Y}:null,h={...o,toAdd:g,written:d?l.map(({path:m})=>m):[],unowned:l.filter(({text:m})=>m.includes(chunkYE7U5NVP.g)).map(({path:m})=>m),existing:c,dryRun:e.dryRun},C=d||e.dryRun?0:1;if(e.json)return {exit:C,output:Et(h,l),result:null};let I=g===null?l:[...l,{path:`to add to ${g.path}`,text:g.text}],T=e.dryRun?I.map(({path:m,text:O})=>`# --- ${m}
${O}
`).join(""):"",Oe={color:e.colour,width:e.width};return {exit:C,output:e.dryRun?T:Ae(h,Oe),result:null}}function Pt(e,t){return e===null?t!=="checklist":t===e}function Ct(e){let t=St.find(n=>n===e);if(e===void 0||t!==void 0)return t??null;throw new core.n("usage",`init writes no "${e.slice(0,40)}"`,{hint:"certify init, certify init config, certify init workflow, certify init checklist"})}function Et(e,t){let{reports:n,commands:r,lacking:o,notes:s,toAdd:a,written:i,existing:u,dryRun:l}=e,c=n.map(({path:g,kind:h,level:C,by:I,lying:T})=>({path:g,kind:h,level:C,by:I,there:T!==null})),d=l?{files:Object.fromEntries(t.map(({path:g,text:h})=>[g,h]))}:{};return `${JSON.stringify({ok:u.length===0||l,written:i,existing:u,reports:c,commands:r,lacking:o,notes:s,...a===null?{}:{toAdd:a},...d},null,2)}
`}async function At(e){let{git:t,branch:n}=e;return {texts:new Map(Te([...se],e).flatMap(({path:r})=>It(r,e))),lying:await Tt(e),levelOf:core.aV,defaultBranch:t.defaultBranch()?.replace(/^origin\//,"")??n.name??"main"}}function It(e,t){try{let n=t.files.readText(e,$t);return n===null?[]:[[e,n]]}catch(n){if(n instanceof core.n)return [];throw n}}function Te(e,t){try{return t.files.find(e,core.c.files).files}catch(n){if(n instanceof core.n)return [];throw n}}async function Tt(e){let t={metrics:[],level:null,component:null,discovered:!0,committed:!0},n=Te(evidence.bc(()=>!0),e).map(o=>({file:o,claim:t,format:null})),{evidence:r}=await evidence.bb(n,core.c);return r.map(Ot)}function Ot({ref:e,kind:t,facts:n,tracked:r}){let o=n.kind==="performance"?n:null,s=n.kind==="tests"?n.cases:[];return {path:e.path,kind:t,level:core.aV(e.path),tracked:r,measurements:o?.metrics??[],stated:(o?.thresholds??[]).map(({metric:a,text:i})=>`${a} ${i}`),events:o!==null&&o.events!==null,suites:[...new Set(s.map(({suite:a})=>a))].filter(a=>a!=="").slice(0,jt)}}
exports.init=Vn;