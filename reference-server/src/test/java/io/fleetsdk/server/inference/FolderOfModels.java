package io.fleetsdk.server.inference;

import io.fleetsdk.NotFoundException;
import io.fleetsdk.model.ModelRef;
import java.nio.file.Files;
import java.nio.file.Path;

/** Version 1 of each model is the file of its name. */
record FolderOfModels(Path folder) implements ModelFiles {
    @Override
    public ModelRef resolve(String model) {
        return new ModelRef(model, 1);
    }

    @Override
    public Path fetch(ModelRef model) {
        Path file = folder.resolve(model.model() + ".onnx");
        if (!Files.exists(file)) {
            throw new NotFoundException("there is no model " + model);
        }
        return file;
    }
}
