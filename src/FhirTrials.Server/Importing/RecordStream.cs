using System.Text.Json;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Trials.Registry;

namespace FhirTrials.Server.Importing;

/// <summary>The records of a JSON or XML text that is read as a stream: the items of an array or of a page's
/// <c>studies</c>, or the text itself as one record.</summary>
sealed class RecordStream(string name, Stream source)
{
    enum Place
    {
        Start,
        InArray,
        Behind,
    }

    const int FirstBuffer = 1 << 16;

    static readonly JsonReaderOptions Options = new() { MaxDepth = 64 };

    byte[] _buffer = new byte[FirstBuffer];
    int _start;
    int _end;
    bool _isEnd;
    Place _place;
    JsonReaderState _state = new(Options);

    public IEnumerable<InputRecord> Read()
    {
        if (IsXml())
        {
            yield return Whole();
            yield break;
        }

        for (var number = 1; Next(number) is { } record; number++)
        {
            yield return record;
            if (record.Refusal is not null || _place == Place.Start)
            {
                yield break;
            }
        }
    }

    /// <summary>The next record; a refusal is the last one.</summary>
    InputRecord? Next(int number)
    {
        try
        {
            while (true)
            {
                if (TryNext(out var item) is { } isThere)
                {
                    return !isThere ? null : _place == Place.Start ? Whole() : new($"{name}#{number}", item.ToArray());
                }

                if (_isEnd || _end - _start > RegistryReader.MaxBytes)
                {
                    return _place == Place.Start ? Whole() : InputRecord.Refused(
                        $"{name}#{number}", IssueCode.TooLong,
                        $"The record has more than {RegistryReader.MaxBytes} bytes: it and what follows it are not "
                            + "read.");
                }

                Fill();
            }
        }
        catch (JsonException e)
        {
            return _place == Place.Start ? Whole() : new($"{name}#{number}", default, RegistryReader.NotJson(e));
        }
    }

    /// <summary>Whether there is another record; null where more of the text is needed to tell.</summary>
    bool? TryNext(out ReadOnlyMemory<byte> item)
    {
        item = default;
        var reader = new Utf8JsonReader(_buffer.AsSpan(_start, _end - _start), _isEnd, _state);
        if (_place == Place.Start && !FindArray(ref reader, out var isRecord))
        {
            return isRecord ? true : null;
        }

        if (_place == Place.InArray)
        {
            if (!reader.Read())
            {
                return null;
            }

            var start = (int)reader.TokenStartIndex;
            if (reader.TokenType != JsonTokenType.EndArray)
            {
                if (!reader.TrySkip())
                {
                    return null;
                }

                item = _buffer.AsMemory(_start + start, (int)reader.BytesConsumed - start);
                Keep(ref reader);
                return true;
            }

            _place = Place.Behind;
        }

        // What follows the records of a page is read for its faults alone.
        while (reader.Read())
        {
        }

        Keep(ref reader);
        return _isEnd ? false : null;
    }

    /// <summary>Goes into the array of records.</summary>
    /// <param name="isRecord">That there is none, since the text is one record.</param>
    bool FindArray(ref Utf8JsonReader reader, out bool isRecord)
    {
        isRecord = false;
        if (!reader.Read())
        {
            return false;
        }

        if (reader.TokenType == JsonTokenType.StartArray)
        {
            Enter(ref reader);
            return true;
        }

        var isObject = reader.TokenType == JsonTokenType.StartObject;
        while (isObject)
        {
            if (!reader.Read())
            {
                return false;
            }

            if (reader.TokenType != JsonTokenType.PropertyName)
            {
                break;
            }

            var isStudies = reader.ValueTextEquals("studies"u8);
            if (!reader.Read())
            {
                return false;
            }

            if (isStudies && reader.TokenType == JsonTokenType.StartArray)
            {
                Enter(ref reader);
                return true;
            }

            if (!reader.TrySkip())
            {
                return false;
            }
        }

        isRecord = true;
        return false;
    }

    void Enter(ref Utf8JsonReader reader)
    {
        _place = Place.InArray;
        Keep(ref reader);
        reader = new Utf8JsonReader(_buffer.AsSpan(_start, _end - _start), _isEnd, _state);
    }

    void Keep(ref Utf8JsonReader reader) =>
        (_start, _state) = (_start + (int)reader.BytesConsumed, reader.CurrentState);

    bool IsXml()
    {
        while (true)
        {
            var text = _buffer.AsSpan(_start, _end - _start);
            if (!_isEnd && text.Length < 3)
            {
                Fill();
                continue;
            }

            if (text.StartsWith("\uFEFF"u8))
            {
                _start += 3;
                continue;
            }

            var blanks = text.IndexOfAnyExcept(" \t\r\n"u8);
            if (blanks >= 0 || _isEnd || text.Length > FirstBuffer)
            {
                return blanks >= 0 && text[blanks] == '<';
            }

            Fill();
        }
    }

    /// <summary>All of the text, for the reader of one record to say what it is; of one that is
    /// too long, enough to say that.</summary>
    InputRecord Whole()
    {
        while (!_isEnd && _end - _start <= RegistryReader.MaxBytes)
        {
            Fill();
        }

        return _end - _start > RegistryReader.MaxBytes
            ? InputRecord.Refused(name, IssueCode.TooLong, $"The record has more than {RegistryReader.MaxBytes} bytes.")
            : new(name, _buffer.AsMemory(_start, _end - _start));
    }

    void Fill()
    {
        (_buffer, _start, _end) = RecordLines.Room(_buffer, _start, _end);
        var room = _buffer.Length - _end;
        var count = source.ReadAtLeast(_buffer.AsSpan(_end), room, throwOnEndOfStream: false);
        (_end, _isEnd) = (_end + count, count < room);
    }
}
