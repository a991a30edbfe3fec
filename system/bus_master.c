/* SPDX-License-Identifier: MIT */
#include "system/bus_master.h"

__thread unsigned bus_master;
