/* SPDX-License-Identifier: MIT */
/* Exit statuses as text. */
#include "emu/status.h"

#include "system/types.h"

static const struct {
    int         number;
    const char *range, *about;
} statuses[] = {
#define STATUS(name, number, range, about) { number, range, about },
#include "emu/status.def"
};

void status_help(FILE *f)
{
    for (unsigned i = 0; i < ARRAY_SIZE(statuses); i++) {
        fprintf(f, "  %-8s%s\n", statuses[i].range, statuses[i].about);
    }
}

const char *status_about(int status)
{
    if (status > STATUS_GUEST && status <= 63) {
        status = STATUS_GUEST;
    }
    for (unsigned i = 0; i < ARRAY_SIZE(statuses); i++) {
        if (statuses[i].number == status) {
            return statuses[i].about;
        }
    }
    return "unknown";
}

int status_of_guest(int code)
{
    return code == 0 ? 0 : code > 0 && code < 64 ? code : 63;
}
