/* SPDX-License-Identifier: MIT */
/*
 * PSCI: the firmware call by which ARM systems switch processors and power.
 */
#pragma once
#include "system/machine.h"

typedef enum PsciConduit { PSCI_HVC, PSCI_SMC } PsciConduit;

/* Answers the calls of all CPUs of the machine. */
void psci_install(Machine *m, PsciConduit conduit);
