package io.fleetsdk.server.training;

import io.fleetsdk.InvalidInputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;

/** A Parquet file, one row per frame. */
final class EpisodeFile {
    private final String name;
    private final Path file;

    /**
     * @param name for whoever reads a fault
     */
    EpisodeFile(String name, Path file) {
        this.name = name;
        this.file = file;
    }

    /**
     * Reads these columns of all rows, and no others.
     *
     * @throws InvalidInputException if it is no Parquet file, or a column is not as it should be
     */
    void readInto(List<VectorColumn> columns) throws IOException {
        try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file))) {
            MessageType schema = projection(reader.getFileMetaData().getSchema(), columns);
            reader.setRequestedSchema(schema);
            for (PageReadStore pages = reader.readNextRowGroup(); pages != null; pages = reader.readNextRowGroup()) {
                readRows(schema, pages, columns);
            }
        } catch (InvalidInputException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new InvalidInputException(name, String.valueOf(e.getMessage()), "must be a Parquet file");
        }
    }

    private MessageType projection(MessageType all, List<VectorColumn> columns) {
        return new MessageType(
                all.getName(),
                columns.stream().map(column -> column.typeIn(name, all)).toList());
    }

    private void readRows(MessageType schema, PageReadStore pages, List<VectorColumn> columns) {
        RecordReader<Group> rows =
                new ColumnIOFactory().getColumnIO(schema).getRecordReader(pages, new GroupRecordConverter(schema));
        for (long row = 0; row < pages.getRowCount(); row++) {
            Group values = rows.read();
            columns.forEach(column -> column.add(name, values));
        }
    }
}
