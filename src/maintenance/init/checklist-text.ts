// The production readiness checklist that init writes: five domains, the lists around the certificate, and a roadmap.
// templates/production-readiness.md is the same text.

export const CHECKLIST_PATH = 'docs/production-readiness.md'

export const CHECKLIST = `# Production readiness

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
`
