/* SPDX-License-Identifier: MIT */
/* emu, the command. */
#include <stdio.h>
#include "config.h"
#include "emu/options.h"
#include "emu/vm.h"
#include "system/error.h"
#include "system/log.h"

static int complain(GError *err)
{
    fprintf(stderr, "emu: %s\n", err->message);
    int status = err->domain == EMU_ERROR ? err->code : EMU_ERROR_USAGE;
    g_error_free(err);
    return status;
}

static bool start_log(const Options *o, GError **err)
{
    for (unsigned i = 0; o->log && i < o->log->len; i++) {
        if (!log_parse(o->log->pdata[i], err)) {
            return false;
        }
    }
    return !o->log_file || log_open(o->log_file, err);
}

int main(int argc, char **argv)
{
    static Options options;
    GError *err = NULL;
    if (!options_parse(&options, argc, argv, &err)) {
        return complain(err);
    }
    if (options.help) {
        options_help();
        return 0;
    }
    if (options.version) {
        printf("emu %s\n", EMU_VERSION);
        return 0;
    }
    if (!start_log(&options, &err) || !vm_build(&options, &err)) {
        return complain(err);
    }
    return vm_run();
}
