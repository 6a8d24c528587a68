#!/usr/bin/env node
import'./chunks/chunk.js';var{commandLine:i}=await import('./chunks/command-line.js');await i();