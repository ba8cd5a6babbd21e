package io.fleetsdk.server.cli;

import io.fleetsdk.server.cli.models.StoreOptions;
import io.fleetsdk.storage.StorageLayout;
import io.fleetsdk.storage.StoragePlan;
import io.fleetsdk.storage.StoragePlan.Item;
import io.fleetsdk.storage.StoragePlan.Standing;
import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Compares the buckets of an object store with what a fleet needs, and creates what is missing. */
@Command(
        name = "storage",
        mixinStandardHelpOptions = true,
        description =
                "Buckets, versions and lifecycle rules: what is declared, what a store has, and creating what is missing.")
final class StorageCommand {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Command(
            description =
                    "Compares with a store and changes none of its buckets. Exit code 1 if something is missing or differs.",
            mixinStandardHelpOptions = true)
    int plan(@Mixin StoreOptions store) {
        return store.withBuckets(buckets -> print(buckets.plan(StorageLayout.defaults())));
    }

    @Command(
            description =
                    "Creates what is missing. Leaves alone what is there, deletes nothing. Exit code 1 if something differs.",
            mixinStandardHelpOptions = true)
    int apply(@Mixin StoreOptions store) {
        return store.withBuckets(buckets -> print(buckets.apply(StorageLayout.defaults())));
    }

    private int print(StoragePlan plan) {
        PrintWriter out = spec.commandLine().getOut();
        for (Item item : plan.items()) {
            String found = item.found().isEmpty() ? "" : ": the store has " + item.found();
            out.printf("%-11s %-18s %s%s%n", words(item.standing()), item.bucket(), item.what(), found);
        }
        out.printf(
                "%d match, %d created, %d missing, %d differ, %d not offered%n",
                plan.with(Standing.MATCHES).size(),
                plan.with(Standing.CREATED).size(),
                plan.with(Standing.MISSING).size(),
                plan.with(Standing.DIFFERS).size(),
                plan.with(Standing.NOT_OFFERED).size());
        out.flush();
        return plan.isSatisfied() ? 0 : FleetMain.FAILED;
    }

    private static String words(Standing standing) {
        return standing.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
