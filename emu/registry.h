/* SPDX-License-Identifier: MIT */
/* The lists that the rest of emu/ goes through: guests, devices, machines. */
#ifndef EMU_REGISTRY_H
#define EMU_REGISTRY_H

#include "tcg/guest.h"

void registry_init(void);               /* tells system/ of the devices and machines */
const GuestIsa *const *registry_isas(void);     /* NULL at the end */
/* The guest that has this CPU model, or is called so itself; NULL: none. */
const GuestIsa *registry_isa_of_model(const char *model);

#endif
