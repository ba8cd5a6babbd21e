package io.fleetsdk.storage.model;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The parts that the protocol buffers of an ONNX file are made of. */
final class OnnxMessage {
    private static final int LONGEST_TEXT = 1_024;

    private OnnxMessage() {}

    /** The tag of a field that holds a number. */
    static int number(int field) {
        return field << 3 | WireFormat.WIRETYPE_VARINT;
    }

    /** The tag of a field that holds a text, bytes or a message. */
    static int block(int field) {
        return field << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
    }

    /** Reads what is in a block. */
    @FunctionalInterface
    interface Block {
        void read(CodedInputStream in) throws IOException;
    }

    /** Reads the block that begins here, and no further. */
    static void within(CodedInputStream in, Block block) throws IOException {
        int outer = in.pushLimit(in.readRawVarint32());
        block.read(in);
        in.checkLastTagWas(0);
        in.popLimit(outer);
    }

    static void skip(CodedInputStream in, int tag) throws IOException {
        if (!in.skipField(tag)) {
            throw new InvalidProtocolBufferException("its blocks are not nested as they should be");
        }
    }

    /** A text, which is short in any honest file. */
    static String text(CodedInputStream in) throws IOException {
        int length = in.readRawVarint32();
        if (length < 0 || length > LONGEST_TEXT) {
            throw new InvalidProtocolBufferException("it has a name of " + length + " bytes");
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(in.readRawBytes(length));
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw new InvalidProtocolBufferException("it has a name that is not UTF-8");
        }
    }
}
